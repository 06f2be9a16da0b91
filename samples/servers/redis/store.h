/* SPDX-License-Identifier: MIT
 * What the server keeps: keys, each with a string or a list, and when it ends.
 * Plain C, nothing here waits. Times are those of aw_now_ms(). What returns
 * false or NULL for want of memory has changed nothing. */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of somebody else's. */
struct slice {
    const char *p;
    size_t n;
};

struct blob {
    size_t size, room;
    char bytes[];
};

/* Both ends are cheap: a ring whose room is a power of two. */
struct list {
    struct blob **ring;
    size_t room, first, count;
};

struct entry {
    struct entry *next;     /* in its bucket */
    uint64_t hash;
    int64_t ends;           /* 0: never; set by store_expire */
    bool is_list;
    union {
        struct blob *string;
        struct list list;
    };
    size_t key_size;
    char key[];
};

/* Zero bytes, but for the secret, are an empty one. */
struct store {
    struct entry **buckets;
    size_t used, low;       /* buckets; the power of two at or below that */
    size_t count;           /* of entries; of those that end */
    size_t mortal;
    size_t cursor;          /* where store_sweep goes on */
    uint64_t secret[2];     /* so that nobody can choose keys that collide */
};

/* The entry, or NULL. One whose time has come is removed, and NULL. */
struct entry *store_find(struct store *s, struct slice key);

/* The same; without one, a new one. It has no string yet, or no elements. */
struct entry *store_make(struct store *s, struct slice key, bool is_list);

void store_remove(struct store *s, struct entry *e);
void store_clear(struct store *s);
void store_expire(struct store *s, struct entry *e, int64_t ends);

/* Removes what has ended in the next n buckets. */
void store_sweep(struct store *s, size_t n);

/* Makes the string that begins with the first `at` bytes of *b (NULL: none has
 * been made yet) and goes on with v. */
bool blob_write(struct blob **b, size_t at, struct slice v);

bool list_push(struct list *l, bool front, struct slice v);
struct blob *list_pop(struct list *l, bool front);   /* the caller's, free() */
const struct blob *list_at(const struct list *l, size_t i);

#endif
