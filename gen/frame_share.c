/* SPDX-License-Identifier: MIT
 * The views of a frame: which of what is awaited stands over the result and
 * parameters, and which takes the frame over. Chosen by the bytes that the
 * frame has then. */
#include "gen/frame.h"
#include "gen/operand.h"
#include "gen/walk.h"

enum {
    FIXED = 0x7fffffff,
    MAX_STAGED = 64, /* bytes of an argument that goes by way of a C local */
    MAX_STATE = 60000,
};

enum side { SIDE_EARLY, SIDE_LATE, SIDE_AFTER, SIDE_NONE };

struct sharer {
    struct unit *u;
    struct frame *f;
    const struct norm *n;
    struct decl **head; /* result, parameters; NULL without a name */
    uint32_t nhead;
    uint32_t *needs[2];   /* by state: so many of head stay, or FIXED for no
                             sharing; [1] but for parameters that can move */
    uint32_t first_moved; /* slot of root for the first of these */
    /* the layout in question */
    uint32_t *need;
    bool moving;
    uint32_t kept;
    const struct nstmt *tail;
    struct bits live, scope; /* at the states of what is late */
    enum side side;          /* that is_picked takes */
};

/* ---- arguments over what they are read from -------------------------------
 */

/* A parameter that is read in the frame, and has no value after the await. */
static bool is_source(const struct sharer *s, const struct decl *d,
                      uint32_t state)
{
    return d && d->is_param && decl_is_automatic(d) &&
           s->f->where[d->index] == RES_FRAME && !frame_needs(s->f, d, state);
}

static bool reads_source(const struct sharer *s, const struct nstmt *await)
{
    const struct func *fn = s->f->func;
    struct span at = await->coro->at;

    for (uint32_t i = walk_first_at(fn->idents.v, fn->idents.n, at.from);
         i < fn->idents.n && fn->idents.v[i]->at.from < at.to; i++)
        if (is_source(s, fn->idents.v[i]->decl, await->state))
            return true;
    return false;
}

/* Whether argument e is such a parameter whole, and too large for a C local. */
static bool is_moved(const struct sharer *s, struct expr *e, uint32_t state)
{
    int64_t size = type_sizeof(e->type);

    e = operand_strip(e);
    return e->kind == EX_IDENT && !e->repl && is_source(s, e->decl, state) &&
           (size < 0 || size > MAX_STAGED);
}

/* False: those parameters have to stay. */
static bool plan_stage(const struct sharer *s, const struct nstmt *await)
{
    struct frame_stage st = {.on = true};
    struct expr *e = operand_strip(await->coro);
    const struct type *fn;

    if (!reads_source(s, await))
        return true;
    if (coro_kind(s->u, s->f->func, e, CORO_AWAITED) != CORO_CALL)
        return false;
    fn = coro_callee_type(e);
    for (uint32_t i = 0; i < e->nargs; i++) {
        const struct type *ty = fn->params[i].type;
        int64_t size = type_sizeof(ty);

        if (!st.moved && is_moved(s, e->args[i], await->state))
            st.moved = i + 1;
        else if (ty->vla || size < 0 || size > MAX_STAGED)
            return false;
    }
    s->f->stage[await->state] = st;
    return true;
}

/* ---- what may share -------------------------------------------------------
 */

static bool same_type(const struct sharer *s, const struct type *a,
                      const struct type *b)
{
    return type_compatible(type_unqual(&s->u->types, a),
                           type_unqual(&s->u->types, b));
}

/* Where its result goes, that is no word, it goes by memmove. */
static bool can_deliver(const struct sharer *s, const struct nstmt *await)
{
    const struct type *to = NULL;

    if (await->dest == DEST_RETURN)
        to = s->f->func->decl->type->base;
    else if (await->dest == DEST_DECL)
        to = await->d->type;
    else if (await->dest == DEST_EXPR)
        to = await->e->type;
    return !to || frame_is_word(to) ||
           same_type(s, to, operand_strip(await->coro)->type->base);
}

/* What is needed of a box or a handle after the result has been read stays
 * where nothing else is. */
static bool can_share(const struct sharer *s, const struct nstmt *await)
{
    enum coro_kind kind;

    if (!s->f->child[await->state] || await->kept)
        return false;
    kind = coro_kind(s->u, s->f->func, await->coro, CORO_AWAITED);
    return (kind == CORO_CALL || kind == CORO_FORM || kind == CORO_QUEUE) &&
           can_deliver(s, await);
}

/* A parameter that is a C local and can be saved anywhere else. */
static bool can_move(const struct sharer *s, const struct decl *d)
{
    return d->is_param && s->f->where[d->index] == RES_SAVED &&
           frame_is_word(d->type);
}

static void find_need(const struct sharer *s, const struct nstmt *await)
{
    uint32_t state = await->state;
    bool staged;

    s->needs[0][state] = s->needs[1][state] = can_share(s, await) ? 0 : FIXED;
    if (s->needs[0][state] == FIXED)
        return;
    staged = plan_stage(s, await);
    for (uint32_t i = 0; i < s->nhead; i++) {
        const struct decl *d = s->head[i];

        if (!d || (!d->type->vla && !frame_needs(s->f, d, state) &&
                   (staged || !is_source(s, d, state))))
            continue;
        s->needs[0][state] = i + 1;
        if (!can_move(s, d))
            s->needs[1][state] = i + 1;
    }
}

static void find_needs(struct sharer *s)
{
    const struct func *fn = s->f->func;

    s->head = ARENA_ARRAY(s->u->tree, struct decl *, fn->nparams + 1);
    if (s->f->has_result)
        s->head[s->nhead++] = s->f->live->cfg->result;
    for (uint32_t i = 0; i < fn->nparams; i++)
        s->head[s->nhead++] = fn->params[i].decl;
    for (int i = 0; i < 2; i++)
        s->needs[i] = ARENA_ARRAY(s->u->tree, uint32_t, s->n->awaits.n + 1);
    for (uint32_t k = 1; k <= s->n->awaits.n; k++)
        find_need(s, s->n->awaits.v[k - 1]);
    s->need = s->needs[0];
}

/* ---- parameters that move -------------------------------------------------
 * One that is needed while something stands over its place is saved in a slot
 * of its own, behind the views. */

static bool is_member(const struct sharer *s, const char *name)
{
    const struct frame *f = s->f;

    for (uint32_t i = 0; i < f->live->cfg->locals.n; i++)
        if (f->field[i] && strcmp(f->field[i], name) == 0)
            return true;
    for (uint32_t i = 0; i < f->func->nparams; i++)
        if (strcmp(f->func->fields[i], name) == 0)
            return true;
    for (uint32_t k = 1; k <= s->n->awaits.n; k++)
        if (f->child[k] && strcmp(f->child[k], name) == 0)
            return true;
    return false;
}

static const char *name_moved(const struct sharer *s, const struct decl *d)
{
    const char *name;
    unsigned try = 2;

    do
        name = arena_printf(s->u->tree, "%s_%u", d->name->s, try++);
    while (is_member(s, name));
    return name;
}

/* A slot for each that can move, which only layouts have in which it does. */
static void add_movable(struct sharer *s)
{
    struct frame_region *root = s->f->root;

    s->first_moved = root->slots.n;
    for (uint32_t i = s->f->has_result; i < s->nhead; i++)
        if (s->head[i] && can_move(s, s->head[i])) {
            struct slot slot = {.d = s->head[i]};

            VEC_PUSH(s->u->tree, &root->slots, slot);
        }
}

static bool is_moved_away(const struct sharer *s, const struct decl *d)
{
    uint32_t i = 0;

    if (!s->moving || !bits_has(s->live, d->index))
        return false;
    while (s->head[i] != d)
        i++;
    return i >= s->kept;
}

/* It is saved wherever it is needed: its old place is no longer right. */
static void move_away(struct sharer *s, struct slot *slot)
{
    struct frame *f = s->f;
    uint32_t index = slot->d->index;

    slot->name = name_moved(s, slot->d);
    f->field[index] = slot->name;
    for (uint32_t k = 1; k <= s->n->awaits.n; k++)
        if (bits_has(f->reload[k], index))
            bits_add(f->save[k], index);
}

/* The movable ones stay in root if they do move. */
static void settle_movable(struct sharer *s)
{
    struct frame_region *root = s->f->root;
    uint32_t n = root->slots.n;

    root->slots.n = s->first_moved;
    for (uint32_t i = s->first_moved; i < n; i++)
        if (is_moved_away(s, root->slots.v[i].d)) {
            struct slot slot = root->slots.v[i];

            move_away(s, &slot);
            root->slots.v[root->slots.n++] = slot;
        }
}

/* ---- the tail -------------------------------------------------------------
 */

/* Whether the result of s is the function's, as it stands in its frame. */
static bool gives_result(const struct sharer *s, const struct nstmt *await)
{
    const struct type *ret = s->f->func->decl->type->base;

    if (type_is_void(ret))
        return await->dest == DEST_NONE || await->dest == DEST_RETURN;
    return await->dest == DEST_RETURN &&
           same_type(s, ret, operand_strip(await->coro)->type->base);
}

/* So many states of its own has the function, besides the tail. */
static uint32_t own_states(const struct sharer *s)
{
    return s->n->awaits.n - 1;
}

/* Its states are those of the callee as well, so it has to know how many there
 * are. */
static bool states_fit(const struct sharer *s, const struct nstmt *await)
{
    const struct func *to = coro_callee(operand_strip(await->coro))->func;

    if (own_states(s) == 0)
        return true;
    return to && to->frame_size != 0 && to->last_state < MAX_STATE &&
           to->last_state + own_states(s) < MAX_STATE;
}

static bool can_take_over(const struct sharer *s, const struct nstmt *await)
{
    return await->state && await->op == AWAIT_CORO && !await->protect &&
           s->need[await->state] == 0 &&
           coro_kind(s->u, s->f->func, await->coro, CORO_AWAITED) ==
               CORO_CALL &&
           gives_result(s, await) && states_fit(s, await);
}

static int64_t child_size(const struct sharer *s, const struct nstmt *await)
{
    return frame_storage(s->u, s->f, await->coro, CORO_AWAITED).bytes;
}

static void try_tail(struct sharer *s, const struct nstmt *await)
{
    if (can_take_over(s, await) &&
        (!s->tail || child_size(s, await) >= child_size(s, s->tail)))
        s->tail = await;
}

/* `last`: the function ends behind list. */
static void find_tails(struct sharer *s, const struct nstmt *list, bool last)
{
    bool ends = last;

    for (uint32_t i = list->body.n; i-- > 0;) {
        const struct nstmt *x = list->body.v[i];

        if (x->kind == N_AWAIT && ends)
            try_tail(s, x);
        if (x->kind == N_BLOCK)
            find_tails(s, x, ends);
        for (int k = 0; k < 2; k++) {
            const struct nstmt *sub = k ? x->s2 : x->s1;

            if (sub && sub->kind == N_BLOCK)
                find_tails(s, sub, ends && x->kind == N_IF);
        }
        if (x->kind != N_NOP)
            ends = x->kind == N_RETURN && !x->e;
    }
}

/* A function that ends with a child held, or whose frame its consumer goes on
 * with, is not over then. */
static const struct nstmt *find_tail(struct sharer *s)
{
    const struct nstmt *tail;
    const struct decl *d = s->f->func->decl;
    bool falls = type_is_void(d->type->base);

    if (s->n->holds || d->type->generator)
        return NULL;
    find_tails(s, s->n->body, falls);
    tail = s->tail;
    s->tail = NULL;
    return tail;
}

/* ---- layouts --------------------------------------------------------------
 */

static bool is_late(const struct sharer *s, const struct nstmt *await)
{
    return await == s->tail ||
           (s->kept < s->nhead && s->need[await->state] <= s->kept);
}

static enum side side_of(const struct sharer *s, const struct slot *slot)
{
    const struct decl *d = slot->d;
    bool after;

    if (!d) {
        if (is_late(s, slot->await))
            return SIDE_LATE;
        return slot->await->kept ? SIDE_AFTER : SIDE_EARLY;
    }
    if (d->is_param)
        return is_moved_away(s, d) ? SIDE_AFTER : SIDE_NONE;
    after = frame_is_held(s->f, d) ||
            bits_has(frame_has_address(d) ? s->scope : s->live, d->index);
    return after ? SIDE_AFTER : SIDE_EARLY;
}

static bool is_picked(void *ctx, const struct slot *slot)
{
    const struct sharer *s = ctx;

    return side_of(s, slot) == s->side;
}

/* Where nothing is shared, no parameter moves. */
static bool is_flat(void *ctx, const struct slot *slot)
{
    (void)ctx;
    return !slot->d || !slot->d->is_param;
}

/* The layout to look at; false when nothing would be shared. */
static bool set_layout(struct sharer *s, uint32_t kept,
                       const struct nstmt *tail)
{
    bool any = false;

    s->kept = kept;
    s->tail = tail;
    bits_minus(s->live, s->live);
    bits_minus(s->scope, s->scope);
    for (uint32_t k = 1; k <= s->n->awaits.n; k++)
        if (s->f->child[k] && is_late(s, s->n->awaits.v[k - 1])) {
            bits_or(s->live, s->f->live->at[k]);
            bits_or(s->scope, s->f->scope[k]);
            any = true;
        }
    return any;
}

static struct extent head_extent(const struct sharer *s, uint32_t n)
{
    const struct func *fn = s->f->func;
    struct extent x = frame_header(s->u);

    for (uint32_t i = 0; i < n; i++) {
        bool result = i == 0 && s->f->has_result;
        uint32_t param = i - s->f->has_result;

        x = frame_extent_add(
            x, frame_extent_type(s->u, result ? fn->decl->type->base
                                              : fn->params[param].type));
    }
    return x;
}

static struct extent held_extent(const struct sharer *s, struct extent x)
{
    const struct extent pointer = {8, 8}, error = {4, 4};

    return s->n->holds ? frame_extent_add(frame_extent_add(x, pointer), error)
                       : x;
}

/* Everything that is late, one over the other, but for the tail. */
static struct extent late_extent(const struct sharer *s)
{
    struct extent all = {0, 1};

    for (uint32_t k = 1; k <= s->n->awaits.n; k++) {
        const struct nstmt *await = s->n->awaits.v[k - 1];

        if (s->f->child[k] && await != s->tail && is_late(s, await))
            all = frame_extent_over(
                all, frame_storage(s->u, s->f, await->coro, CORO_AWAITED));
    }
    return all.bytes ? frame_extent_add(head_extent(s, s->kept), all) : all;
}

static struct extent shared_extent(struct sharer *s)
{
    struct extent x = head_extent(s, s->nhead);

    s->side = SIDE_EARLY;
    x = frame_extent_whole(
        frame_region(s->u, s->f, s->f->root, x, is_picked, s));
    x = frame_extent_over(x, frame_extent_whole(late_extent(s)));
    if (s->tail)
        x = frame_extent_over(
            x, frame_storage(s->u, s->f, s->tail->coro, CORO_AWAITED));
    s->side = SIDE_AFTER;
    return frame_extent_whole(
        frame_region(s->u, s->f, s->f->root,
                     held_extent(s, frame_extent_whole(x)), is_picked, s));
}

static struct extent flat_extent(struct sharer *s)
{
    struct extent x = held_extent(s, head_extent(s, s->nhead));

    return frame_extent_whole(
        frame_region(s->u, s->f, s->f->root, x, is_flat, NULL));
}

struct choice {
    struct extent size;
    bool moving;
    uint32_t kept;
    const struct nstmt *tail;
};

/* Of two of the same size the earlier is taken, but a tail anyway: there is a
 * level less to resume. */
static void consider(struct sharer *s, uint32_t kept, const struct nstmt *tail,
                     struct choice *best)
{
    struct choice c = {.moving = s->moving, .kept = kept, .tail = tail};

    if (!set_layout(s, kept, tail))
        return;
    c.size = shared_extent(s);
    if (c.size.bytes >= 0 &&
        (c.size.bytes < best->size.bytes ||
         (c.size.bytes == best->size.bytes && tail && !best->tail)))
        *best = c;
}

static void set_moving(struct sharer *s, bool moving)
{
    s->moving = moving;
    s->need = s->needs[moving];
}

/* Every number of members that some of what is awaited can stand behind. */
static void consider_each(struct sharer *s, const struct nstmt *tail,
                          struct choice *best)
{
    for (uint32_t kept = 0; kept <= s->nhead; kept++) {
        bool some = false;

        for (uint32_t k = 1; k <= s->n->awaits.n; k++)
            some |= s->need[k] == kept;
        if (!some && kept != s->nhead)
            continue;
        consider(s, kept, NULL, best);
        if (tail)
            consider(s, kept, tail, best);
    }
}

static struct choice choose(struct sharer *s)
{
    struct choice best = {.size = flat_extent(s), .kept = s->nhead};
    const struct nstmt *tail = find_tail(s);

    if (best.size.bytes < 0)
        return best;
    set_moving(s, false);
    consider_each(s, tail, &best);
    if (s->f->root->slots.n > s->first_moved) {
        set_moving(s, true);
        consider_each(s, tail, &best);
    }
    return best;
}

/* ---- the views ------------------------------------------------------------
 */

static struct frame_region *picked(struct sharer *s,
                                   const struct frame_region *from)
{
    struct frame_region *r = ARENA_NEW(s->u->tree, struct frame_region);

    for (uint32_t i = 0; i < from->slots.n; i++)
        if (is_picked(s, &from->slots.v[i]))
            VEC_PUSH(s->u->tree, &r->slots, from->slots.v[i]);
    for (uint32_t i = 0; i < from->parts.n; i++)
        VEC_PUSH(s->u->tree, &r->parts, picked(s, from->parts.v[i]));
    return r;
}

static void put_late(struct sharer *s)
{
    for (uint32_t k = 1; k <= s->n->awaits.n; k++) {
        struct slot slot = {.await = s->n->awaits.v[k - 1],
                            .name = s->f->child[k]};

        if (!slot.name || !is_late(s, slot.await))
            s->f->stage[k] = (struct frame_stage){0};
        else if (slot.await != s->tail)
            VEC_PUSH(s->u->tree, &s->f->late, slot);
    }
}

static void put_views(struct sharer *s, const struct choice *c)
{
    struct frame *f = s->f;
    bool shared;

    set_moving(s, c->moving);
    shared = set_layout(s, c->kept, c->tail);
    settle_movable(s);
    if (shared) {
        s->side = SIDE_EARLY;
        f->early = picked(s, f->root);
        s->side = SIDE_AFTER;
        f->root = picked(s, f->root);
    }
    put_late(s);
    f->kept = c->kept;
    f->tail = c->tail;
}

static void tell_callers(struct sharer *s, const struct choice *c)
{
    struct func *fn = s->f->func;
    const struct nstmt *tail = s->f->tail;

    fn->frame_size = c->size.bytes;
    fn->frame_align = c->size.align;
    fn->last_state = s->n->awaits.n + s->n->holds;
    fn->largest = frame_largest(s->u, s->f);
    if (!tail)
        return;
    fn->tail = coro_callee(operand_strip(tail->coro));
    fn->last_state = FIXED;
    if (fn->tail->func && fn->tail->func->last_state < MAX_STATE)
        fn->last_state = fn->tail->func->last_state + own_states(s);
}

void frame_share(struct unit *u, struct frame *f)
{
    struct sharer s = {.u = u, .f = f, .n = f->live->cfg->norm};
    uint32_t width = f->live->cfg->locals.n;
    struct choice c;

    f->stage = ARENA_ARRAY(u->tree, struct frame_stage, s.n->awaits.n + 1);
    s.live = bits_new(u->tree, width);
    s.scope = bits_new(u->tree, width);
    frame_find_scopes(u, f);
    find_needs(&s);
    add_movable(&s);
    c = choose(&s);
    put_views(&s, &c);
    tell_callers(&s, &c);
}

bool frame_is_shared(const struct frame *f, const struct nstmt *s)
{
    for (uint32_t i = 0; i < f->late.n; i++)
        if (f->late.v[i].await == s)
            return true;
    return false;
}

uint32_t frame_state(const struct frame *f, uint32_t state)
{
    uint32_t own = f->live->cfg->norm->awaits.n - 1;

    if (!f->tail || state == 0)
        return state;
    return f->func->last_state - own +
           (state < f->tail->state ? state : state - 1);
}
