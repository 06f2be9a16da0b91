/* SPDX-License-Identifier: 0BSD
 * Waiting for descriptors. Waiting takes no memory: those who wait form trees
 * whose nodes are the tasks themselves, next and prev their children.
 *
 * They are digital search trees: the lowest bits of the descriptor say which
 * tree it is, the others, from the root down, which way to go, and a node
 * stands at the first free place of its way. Descriptors are small and dense,
 * so ways are short; all who wait for one descriptor stand on one way. Any leaf
 * below a node may take its place.
 *
 * The port watches level-triggered and goes on when nobody waits any more, so
 * that who waits again need not ask it: struct awi_watch remembers what it was
 * asked for. An event that nobody waits for narrows the watch when the loop
 * would find no rest for it. While tasks are ready it need not: whoever was
 * woken by that event has often not come to read yet. Narrowed, or when
 * somebody else asked, what was remembered of this descriptor is not true any
 * more: its epoch is another one. Those of one tree share an epoch. */
#include "impl_io.h"

/* --- the tree ------------------------------------------------------------ */

static int fd_of(const struct awi_node *n)
{
    return (int)(n->u.when >> 2);
}

static int events_of(const struct awi_node *n)
{
    return (int)(n->u.when & (AW_READ | AW_WRITE));
}

static struct awi_tree *tree_of(struct aw_loop *l, int fd)
{
    return &l->fds.tree[(unsigned)fd % AWI_TREES];
}

/* The way of fd, from the root of its tree on. */
static unsigned way_of(int fd)
{
    return (unsigned)fd >> AWI_FD_BITS;
}

static struct awi_node **below(struct awi_node *n, unsigned way)
{
    return way & 1 ? &n->prev : &n->next;
}

/* The free place on the way of fd; *others is what those on it wait for. */
static struct awi_node **place_for(struct aw_loop *l, int fd, int *others)
{
    struct awi_node **p = &tree_of(l, fd)->root;
    *others = 0;
    for (unsigned way = way_of(fd); *p; way >>= 1) {
        if (fd_of(*p) == fd)
            *others |= events_of(*p);
        p = below(*p, way);
    }
    return p;
}

static void put_in(struct aw_loop *l, struct awi_node **place,
                   struct awi_node *n)
{
    n->next = n->prev = NULL;
    *place = n;
    l->fds.count++;
}

/* Whatever stands at *p is taken out. */
static void take_out(struct aw_loop *l, struct awi_node **p)
{
    struct awi_node *n = *p, **leaf = p;
    while ((*leaf)->next || (*leaf)->prev)
        leaf = (*leaf)->next ? &(*leaf)->next : &(*leaf)->prev;
    struct awi_node *heir = *leaf;
    *leaf = NULL;
    if (heir != n) {
        heir->next = n->next;
        heir->prev = n->prev;
        *p = heir;
    }
    l->fds.count--;
}

/* Ends the waits for these events of fd; how many there were. The heir of one
 * may be another. */
static unsigned wake(struct aw_loop *l, int fd, int events, int error)
{
    struct awi_node **p = &tree_of(l, fd)->root, *n;
    unsigned count = 0, way = way_of(fd);
    while ((n = *p) != NULL) {
        int got = fd_of(n) == fd ? events_of(n) & events : 0;
        if (got) {
            take_out(l, p);
            n->prev = (struct awi_node *)(void *)(intptr_t)got;
            awi_ready(l, (struct aw_task *)n, error);
            count++;
        } else {
            p = below(n, way);
            way >>= 1;
        }
    }
    return count;
}

/* --- the port's watch ---------------------------------------------------- */

void awi_fd_open(struct aw_loop *l)
{
    static uint32_t loops;
    uint64_t first = (uint64_t)__atomic_add_fetch(&loops, 1, __ATOMIC_RELAXED)
                     << 32;
    l->fds.count = 0;
    l->fds.spare = 0;
    for (size_t i = 0; i < AWI_TREES; i++)
        l->fds.tree[i] = (struct awi_tree){NULL, first};
}

static int watch(struct aw_loop *l, int fd, int events, struct awi_watch *w)
{
    uint64_t *epoch = &tree_of(l, fd)->epoch;
    if (l->port.forgets)
        w = NULL;
    if (w && w->epoch == *epoch) {
        if ((w->events & events) == events)
            return 0;
        events |= w->events;
    }
    int error = awi_port_watch(l, fd, events);
    if (w && error == 0)
        *w = (struct awi_watch){*epoch, events};
    else if (!w)
        ++*epoch;
    return error;
}

/* One of so many events that nobody waits for narrows the watch even while
 * tasks are ready, so that a loop that never rests gets rid of them, too. */
#define SPARE 32

void awi_fd_ready(struct aw_loop *l, int fd, int events)
{
    int others;
    if (wake(l, fd, events, 0) > 0)
        return;
    if (!awi_is_idle(l) && ++l->fds.spare % SPARE)
        return;
    place_for(l, fd, &others);
    awi_port_watch(l, fd, others);
    tree_of(l, fd)->epoch++;
}

void awi_fd_failed(struct aw_loop *l, int fd, int error)
{
    wake(l, fd, AW_READ | AW_WRITE, error);
}

/* --- waiting ------------------------------------------------------------- */

int awi_fd_await(struct aw_task *t, int fd, int events, struct awi_watch *w)
{
    struct aw_loop *l = awi_here();
    if (fd < 0)
        return EBADF;
    int others;
    struct awi_node **place = place_for(l, fd, &others);
    if (others & events)
        return EBUSY;
    int error = watch(l, fd, others | events, w);
    if (error)
        return error;
    t->m.n.state = AWI_FD;
    t->m.n.u.when = (int64_t)fd << 2 | events;
    put_in(l, place, &t->m.n);
    l->port.poll = true;
    awi_break(l, AWI_LOOK);
    return AW_PENDING;
}

void awi_fd_leave(struct aw_loop *l, struct aw_task *t)
{
    struct awi_node *n = &t->m.n, **p = &tree_of(l, fd_of(n))->root;
    for (unsigned way = way_of(fd_of(n)); *p != n; way >>= 1)
        p = below(*p, way);
    take_out(l, p);
}

int awfr_aw_fd_wait(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_fd_wait *f = (struct awf_aw_fd_wait *)self;
    if (self->state) {
        f->ret = awi_fd_events(t);
        return outcome;
    }
    if (f->events <= 0 || f->events > (AW_READ | AW_WRITE))
        return EINVAL;
    self->state = 1;
    f->ret = f->events;
    outcome = awi_fd_await(t, f->fd, f->events, NULL);
    return outcome == EPERM ? 0 : outcome;
}

int aw_fd_close(int fd)
{
    struct aw_loop *l = awi_here();
    if (fd < 0)
        return EBADF;
    if (l)
        awi_fd_failed(l, fd, EBADF);
    return awi_port_close_fd(l, fd);
}

/* --- what the files of input and output share ---------------------------- */

const unsigned awi_no_lines[2];

void awi_store_int(void *dst, const struct aw_frame *self)
{
    *(int *)dst = *(const int *)awi_frame_result(self, sizeof(int));
}

void awi_store_size(void *dst, const struct aw_frame *self)
{
    *(size_t *)dst = *(const size_t *)awi_frame_result(self, sizeof(size_t));
}

AWI_DESC(aw_fd_wait, awi_store_int);
