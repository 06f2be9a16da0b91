/* SPDX-License-Identifier: MIT
 * What structs may be made of: each is in a frame of fits.aw. */
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum small { ONE = 1, TWO };
enum negative { MINUS = -1, PLUS };
typedef struct {
    char c;
    max_align_t m;
} aligned_t;
struct bits {
    unsigned a : 3, b : 7;
    int : 0;
    signed char c : 2;
    _Bool d : 1;
    enum small e : 4;
    unsigned long long f : 40;
};
struct __attribute__((packed)) tight {
    char c;
    double d;
    struct bits b;
    int f : 5;
};
struct some_packed {
    char c;
    int i __attribute__((packed));
    long l;
};
#pragma pack(push, 2)
struct pragma_packed {
    char c;
    double d;
    struct {
        char c;
        short s;
        int i;
    } in[2];
};
#pragma pack(pop)
struct wide {
    char c;
    _Alignas(32) char w;
    int v __attribute__((aligned(16)));
} __attribute__((aligned(64)));
typedef int loose __attribute__((aligned(2)));
typedef double strict __attribute__((aligned(32)));
struct aliases {
    char c;
    loose l;
    char d;
    strict s;
};
typedef float vec __attribute__((vector_size(16)));
union any {
    char c[3];
    struct aliases a;
    void (*f)(int);
    long double ld;
    struct {
        short x;
        union {
            int y;
            char z[5];
        };
    };
};
struct tail {
    int n;
    double more[];
};
