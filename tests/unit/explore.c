/* SPDX-License-Identifier: MIT */
#include "tests/unit/explore.h"

struct search search;
struct world w;

static int choose(int n)
{
    if (search.pos == search.length) {
        ck_assert_int_lt(search.length, DEPTH);
        search.at[search.length] = 0;
        search.of[search.length++] = n;
    }
    return search.at[search.pos++];
}

bool advance(void)
{
    while (search.length > 0) {
        int i = search.length - 1;
        if (++search.at[i] < search.of[i])
            return true;
        search.length--;
    }
    return false;
}

const char *describe(void)
{
    static char text[200];
    int n =
        snprintf(text, sizeof text, "form %d acts %d %d %d first %d:", w.form,
                 w.act[0], w.act[1], w.act[2], w.free_first);
    for (int i = 0; i < search.length && n < 150; i++)
        if (search.at[i])
            n += snprintf(text + n, sizeof text - (size_t)n, " %d at %d",
                          search.at[i], i);
    return text;
}

static size_t waiters(const struct awi_waiters *list)
{
    size_t n = 0;
    for (const struct awi_node *i = list->first; i; i = i->next)
        n++;
    return n;
}

void check_objects(void)
{
    const struct aw_queue *q = &w.queue;
    REQUIRE(w.lock.locked || !w.lock.waiters.first);
    REQUIRE(!w.semaphore.value || !w.semaphore.waiters.first);
    REQUIRE(!w.event.is_set || !w.event.waiters.first);
    REQUIRE(waiters(&w.barrier.waiters) < w.barrier.parties);
    REQUIRE(!q->getters.first || q->count <= q->getting);
    REQUIRE(!q->putters.first || q->capacity - q->count <= q->putting);
}

static void check_task(const struct aw_task *t)
{
    const struct awi_node *n = &t->m.n;
    REQUIRE(n->state == AWI_READY || awi_here()->running != t);
    if (n->state == AWI_JOIN)
        REQUIRE(((struct aw_task *)n->u.on)->m.n.state != AWI_ENDED);
    if (n->state == AWI_OWNER) {
        const struct awi_gather *g = n->u.on;
        REQUIRE(g->left > 0);
        REQUIRE(g->task == t);
        REQUIRE(g->mode != AWI_GATHER || g->aw.state != 1 || g->error == 0);
    }
}

static void check_queue(const struct aw_loop *l)
{
    int n = 0;
    const struct awi_node *end = &l->ready.end, *last = end;
    for (const struct awi_node *i = end->next; i != end; i = i->next) {
        REQUIRE(i->state >= AWI_READY && i->state <= AWI_ENDED);
        REQUIRE(++n <= TASKS + 1);
        last = i;
    }
    REQUIRE(last == end->prev);
}

/* --- before each step ---------------------------------------------------- */

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9e3779b97f4a7c15u;
    return h ^ (h >> 29);
}

static uint64_t state(const struct aw_task *running)
{
    uint64_t h = mix((uint64_t)aw_now_ms(), (uint64_t)w.cancels);
    for (int i = 0; i < TASKS; i++) {
        const struct aw_task *t = w.task[i];
        h = mix(h, (uint64_t)(w.entered[i] * 2 + w.cleaned[i]));
        if (!t)
            continue;
        const struct awi_node *n = &t->m.n;
        h = mix(h, n->state + 16u * n->flags + 4096u * n->blocks);
        h = mix(h, t->leaf->state + (t == running ? 1u << 20 : 0));
        h = mix(h, n->state == AWI_THROWN || n->state == AWI_ENDED
                       ? (uint64_t)n->u.outcome
                       : n->state != AWI_READY);
    }
    h = mix(h, waiters(&w.lock.waiters) * 2 + w.lock.locked);
    h = mix(h, w.semaphore.value * 8 + w.queue.count * 4 + w.event.is_set);
    return h ? h : 1;
}

/* Counts the states that this program has been in. */
static void remember(uint64_t h)
{
    size_t i = h % STATES;
    for (int tries = 0; tries < 64; tries++, i = (i + 1) % STATES) {
        if (search.seen[i] == h)
            return;
        if (search.seen[i] == 0) {
            search.seen[i] = h;
            search.states++;
            return;
        }
    }
}

void inject(void)
{
    if (w.cancels == w.most)
        return;
    int i = choose(TASKS + 1) - 1;
    if (i < 0)
        return;
    w.cancels++;
    if (w.task[i] && aw_cancel(w.task[i]))
        w.asked[i] = true;
}

/* As if between two steps, the next one that of `t`; false when it was
 * cancelled before its body was entered. */
static bool before_step(struct aw_frame *self, struct aw_task *t, int *outcome)
{
    struct aw_loop *l = awi_here();
    REQUIRE(l->running == t && t->leaf == self);
    search.steps++;
    l->running = NULL;
    awi_set_ready(t, *outcome);
    check_objects();
    check_queue(l);
    for (int i = 0; i < TASKS; i++)
        if (w.task[i])
            check_task(w.task[i]);
    remember(state(t));
    inject();
    bool goes_on = t->m.n.state != AWI_DOOMED;
    *outcome = t->m.n.state == AWI_THROWN ? t->m.n.u.outcome : 0;
    t->m.n.state = AWI_READY;
    l->running = t;
    return goes_on;
}

enum { OVER = 0xdead }; /* the state of a frame that has ended */

int step(int (*resume)(struct aw_frame *, struct aw_task *, int),
         struct aw_frame *self, struct aw_task *t, int outcome)
{
    if (!w.in_step && !before_step(self, t, &outcome))
        return AW_CANCELLED;
    w.in_step = true;
    REQUIRE(self->state != OVER);
    w.depth++;
    int r = resume(self, t, outcome);
    w.depth--;
    if (w.depth == 0 && (awi_waits(r) || self->up == 0))
        w.in_step = false;
    if (!awi_waits(r))
        self->state = OVER;
    return r;
}
