/* SPDX-License-Identifier: 0BSD
 * Port `bare`: no operating system. The clock is what aw_bare_tick has counted;
 * waiting is the processor's own; interrupts set flags. Memory there is when
 * the program has set an allocator. See aw_bare.h.
 *
 * No wake is lost: awi_port_wait looks at the mark of a wake while interrupts
 * are kept away, and WFI ends for one that is pending, kept away or not. */
#include "../aw_bare.h"

#include "../impl.h"

#define WEAK __attribute__((weak))

static struct {
    int64_t now;
    const aw_allocator *allocator;
} bare;

#if defined __ARM_ARCH_PROFILE && __ARM_ARCH_PROFILE == 'M'

WEAK unsigned aw_bare_lock(void)
{
    unsigned was;
    __asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(was) : : "memory");
    return was;
}

/* The barrier lets what is pending come before the next instruction. */
WEAK void aw_bare_unlock(unsigned was)
{
    __asm__ volatile("msr primask, %0\n\tisb" : : "r"(was) : "memory");
}

WEAK void aw_bare_idle(int64_t ms)
{
    (void)ms;
    __asm__ volatile("dsb\n\twfi" : : : "memory");
}

#else

/* The program's. A processor that does not sleep is right as well. */
WEAK void aw_bare_idle(int64_t ms)
{
    (void)ms;
}

#endif

unsigned awi_port_lock(void)
{
    return aw_bare_lock();
}

void awi_port_unlock(unsigned was)
{
    aw_bare_unlock(was);
}

/* --- time and waiting ---------------------------------------------------- */

void aw_bare_tick(unsigned ms)
{
    unsigned was = aw_bare_lock();
    bare.now += ms;
    aw_bare_unlock(was);
}

int64_t awi_port_now(void)
{
    unsigned was = aw_bare_lock();
    int64_t now = bare.now;
    aw_bare_unlock(was);
    return now;
}

/* A part of the tick under way has passed. */
int64_t awi_port_now_up(void)
{
    return awi_port_now() + 1;
}

int awi_port_open(struct aw_loop *l)
{
    l->port.wake_fd = false; /* the mark of a wake */
    return 0;
}

void awi_port_close(struct aw_loop *l)
{
    (void)l;
}

int awi_port_fd(struct aw_loop *l)
{
    (void)l;
    return -1;
}

void awi_port_poll(struct aw_loop *l)
{
    (void)l;
}

void awi_port_wake(struct aw_loop *l)
{
    AWI_STORE(&l->port.wake_fd, true);
}

void awi_port_wait(struct aw_loop *l, int64_t deadline)
{
    unsigned was = aw_bare_lock();
    while (!AWI_LOAD(&l->port.wake_fd) && bare.now < deadline) {
        aw_bare_idle(deadline == INT64_MAX ? INT64_MAX : deadline - bare.now);
        aw_bare_unlock(was);
        was = aw_bare_lock();
    }
    AWI_STORE(&l->port.wake_fd, false);
    aw_bare_unlock(was);
}

/* --- memory -------------------------------------------------------------- */

void aw_set_allocator(const aw_allocator *a)
{
    bare.allocator = a;
}

void *awi_port_alloc(size_t size)
{
    const aw_allocator *a = bare.allocator;
    return a ? a->alloc(a->ctx, size) : NULL;
}

/* Without one, what is freed came from one that is gone: it stays. */
void awi_port_free(void *p, size_t size)
{
    const aw_allocator *a = bare.allocator;
    if (a)
        a->free(a->ctx, p, size);
}

/* --- messages ------------------------------------------------------------ */

WEAK void aw_bare_print(const char *text)
{
    (void)text;
}

WEAK void aw_bare_halt(void)
{
    aw_bare_lock();
    for (;;)
        ;
}

const char *aw_strerror(int error)
{
    switch (error) {
    case 0: return "no error";
    case AW_CANCELLED: return "cancelled";
    case EBUSY: return "busy";
    case EDEADLK: return "waits for itself";
    case ENOMEM: return "no memory";
    case EPERM: return "not permitted";
    case EPIPE: return "closed";
    case ETIMEDOUT: return "timed out";
    default: return "error";
    }
}

static void print_number(int n)
{
    char digits[3 * sizeof n + 2], *p = digits + sizeof digits;
    unsigned u = n < 0 ? 0u - (unsigned)n : (unsigned)n;
    *--p = '\0';
    do
        *--p = (char)('0' + u % 10);
    while (u /= 10);
    if (n < 0)
        *--p = '-';
    aw_bare_print(p);
}

static void print_all(const char *const *text)
{
    for (; *text; text++)
        aw_bare_print(*text);
}

void awi_port_report(const aw_error_report *r)
{
    const char *text[] = {r->message, "\nerror ", NULL};
    const char *name[] = {": ", aw_strerror(r->error), "\n", NULL};
    print_all(text);
    print_number(r->error);
    print_all(name);
    if (r->task) {
        const char *task[] = {"task ", aw_task_name(r->task), "\n", NULL};
        print_all(task);
    }
    for (size_t i = 0; i < r->trail_length; i++) {
        const aw_trail_entry *e = &r->trail[i];
        const char *step[] = {i ? "  awaited in " : "  thrown in ",
                              e->function,
                              " (",
                              e->file,
                              ":",
                              NULL};
        print_all(step);
        print_number((int)e->line);
        aw_bare_print(")\n");
    }
}

void awi_port_panic(const char *message, const char *function, unsigned line)
{
    const char *text[] = {message, " (", function, ", line ", NULL};
    print_all(text);
    print_number((int)line);
    aw_bare_print(")\n");
    aw_bare_halt();
    for (;;)
        ;
}

/* --- async int main ------------------------------------------------------ */

int awi_main(struct awi_child *main)
{
    struct aw_loop l;
#if AW_TRAIL > 0
    aw_trail_entry trail[AW_TRAIL + 1];
#else
    aw_trail_entry *trail = NULL;
#endif
    int error = awi_loop_open(&l, false);
    if (error)
        return awi_main_status(main, error, NULL, 0);
    error = awi_loop_main(&l, main);
    size_t n = awi_trail_copy(&l, &main->task, error, trail);
    awi_loop_drain(&l);
    awi_loop_shut(&l);
    return awi_main_status(main, error, trail, n);
}
