/* SPDX-License-Identifier: 0BSD
 * Makes a .aw file C for tools that parse C: clangd, clang-tidy, static
 * analysers. What comes out is never compiled or run.
 *
 *     clang -fsyntax-only -x c -include aw_editor.h FILE.aw
 *
 * It is read twice: by -include, before everything, for the words; and by
 * aw.h at its end, for the forms, since nothing may be included before the
 * feature macros of the file.
 *
 * What such a tool sees: an async function is a function that returns T, and
 * await is nothing, so that each result has its type. No prefix operator of C
 * makes a T of a handle, so a handle is seen as the value that it will have:
 * aw_task(int) is a volatile int. That is why structures among handles cannot
 * be compared, nor become aw_task(void), in an editor. A generator is seen as
 * a function that returns what it yields. What runs on another path (catch,
 * finally, defer) stands where the analysis of flow does not follow.
 *
 * In a file that uses one of the words as a name of its own: -DAW_NO_WORDS,
 * which leaves _Async, _Await ... */
#ifndef AW_EDITOR
#define AW_EDITOR
#define __AWAITC__ 1

#ifdef __clang__
#define awi_pragma(text) _Pragma(#text)
#define awi_quietly(option, ...) \
    awi_pragma(clang diagnostic push) \
    awi_pragma(clang diagnostic ignored option) __VA_ARGS__ \
    awi_pragma(clang diagnostic pop)
/* Forms evaluate from left to right, which these operators do not say. */
#pragma clang diagnostic ignored "-Wunsequenced"
/* Handles are compared with NULL, and set to it. */
#pragma clang diagnostic ignored "-Wpointer-integer-compare"
#pragma clang diagnostic warning "-Wint-conversion"
#else
#define awi_pragma(text)
#define awi_quietly(option, ...) __VA_ARGS__
#endif

void awi_ends(int code) __attribute__((noreturn));
int awi_maybe(void);
void *awi_any(void);

/* After the generators of a file, which end without a value, a missing
 * `return` is a warning again. */
#define _Async awi_pragma(clang diagnostic warning "-Wreturn-type")
#define _Await __extension__
#define _Try if (1)
#define _Catch(...) \
    awi_quietly("-Wdangling-else", else) \
    awi_quietly("-Wunused", for (__VA_ARGS__;; awi_ends(0))) if (1)
#define _Finally awi_quietly("-Wdangling-else", else)
#define _Throw for (int awi_code;; awi_ends(awi_code)) awi_code =
#define _Defer if (1) {} else
#define _Yield for (; awi_maybe();) return

#ifndef AW_NO_WORDS
#define async _Async
#define await _Await
#define try _Try
#define catch _Catch
#define finally _Finally
#define throw _Throw
#define defer _Defer
#define yield _Yield
#endif

#elif defined AW_H && !defined AW_EDITOR_FORMS
#define AW_EDITOR_FORMS
#ifdef __GNUC__
#pragma GCC system_header
#endif

/* --- types --------------------------------------------------------------- */

#undef aw_task
#undef aw_queue
#undef AW_QUEUE_INIT

struct awi_storage {
    int used;
};

/* That of a void function is a truth value: all other handles convert to it.
 * Volatile: `await t;` reads it, and thus has an effect. */
#define aw_task(T) \
    volatile __typeof__(*__builtin_choose_expr( \
        __builtin_types_compatible_p(__typeof__(T), void), (bool *)0, \
        (__typeof__(T) *)0))
#define aw_task_storage(function) \
    __typeof__(*((void)sizeof(&(function)), (struct awi_storage *)0))

/* The end of its body, and `return;`, need no value. */
#define async_generator(T) \
    awi_pragma(clang diagnostic ignored "-Wreturn-type") __typeof__(T)

/* A pointer to what gives a T: the same type for the same T. */
#define aw_queue(T) __typeof__(__typeof__(T) (*)(struct aw_queue *))
#define AW_QUEUE_INIT(array) \
    ((__typeof__((array)[0]) (*)(struct aw_queue *))0)

/* --- coroutine expressions ----------------------------------------------- */

#define aw_gather(...) ((void)((void)0 __VA_OPT__(,) __VA_ARGS__))
#define aw_race(...) ((void)((void)0, __VA_ARGS__), awi_maybe())
#define aw_try(...) ((void)(__VA_ARGS__), awi_maybe())
#define aw_wait_for_ms(coro, ms) ((void)(int64_t)(ms), (coro))
#define aw_shield(...) (__VA_ARGS__)
#define aw_gather_each(declaration, n, ...) \
    ({ \
        (void)(size_t)(n); \
        __attribute__((unused)) declaration = 0; \
        (void)(__VA_ARGS__); \
    })
#define aw_gather_tasks(tasks, n) \
    ((void)sizeof((tasks)[0]), (void)(size_t)(n))
#define aw_queue_put(queue, ...) \
    ((void)(*(__typeof__(aw_queue_get(queue)) *)awi_any() = (__VA_ARGS__)))
#define aw_queue_get(queue) ((*(queue))((struct aw_queue *)0))
#define aw_queue_close(queue) ((void)(aw_queue_get(queue)))

/* --- starting ------------------------------------------------------------ */

#define aw_create_task(...) \
    __builtin_choose_expr( \
        __builtin_types_compatible_p(__typeof__(__VA_ARGS__), void), \
        ((void)(__VA_ARGS__), (bool)awi_maybe()), (__VA_ARGS__))
#define aw_start(storage, ...) \
    ((void)((storage) == (struct awi_storage *)0), aw_create_task(__VA_ARGS__))
#define aw_run(...) ((void)(__VA_ARGS__), awi_maybe())
#define aw_loop_run_until_complete(...) ((void)(__VA_ARGS__), awi_maybe())

/* Handles of every T. */
#define aw_task_retain(task) (task)
#define aw_task_release(task) ((void)(task))
#define aw_cancel(task) ((void)(task), (bool)awi_maybe())
#define aw_done(task) ((void)(task), (bool)awi_maybe())
#define aw_task_name(task) ((void)(task), (const char *)0)
#define aw_task_set_name(task, name) \
    ((void)(task), (void)(const char *[1]){name})

/* --- blocks -------------------------------------------------------------- */

struct awi_group_options {
    int none;
    size_t limit;
};

int aw_caught(void);
aw_group_ref awi_group_begin(struct awi_group_options options);

/* A loop whose body is known to run once. */
#ifdef __clang__
#define awi_once(declaration) \
    for (declaration;; ({ awi_quietly("-Wgcc-compat", break); }))
#else
#define awi_once(declaration) \
    for (declaration, awi_done = 0; !awi_done; awi_done = (void *)1)
#endif
#define aw_group(name, ...) \
    awi_once(aw_group_ref name = awi_group_begin( \
                 (struct awi_group_options){0 __VA_OPT__(,) __VA_ARGS__}))
#define aw_group_spawn(group, ...) \
    ((void)((group) == (aw_group_ref)0), (void)(__VA_ARGS__))
#define aw_timeout_ms(ms) \
    if (0 && (int64_t)(ms)) {} awi_quietly("-Wdangling-else", else)
#define aw_for(declaration, ...) \
    for (declaration = (__VA_ARGS__); awi_maybe();)

#endif
