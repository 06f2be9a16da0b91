/* SPDX-License-Identifier: MIT
 * Input of the typing test: expressions of every kind C and GNU C have. */
#include <complex.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef int v4i __attribute__((vector_size(16)));
typedef float v4f __attribute__((vector_size(16)));
typedef unsigned char v16u __attribute__((vector_size(16)));
typedef int row[4];
typedef const int cint;
enum color { RED, GREEN = 7, BLUE };
enum minus { NEG = -1, POS };
enum wide { WIDE = 0x100000000 };
union num { int i; float f; double d; };
struct point { int x, y; };
struct bits {
    unsigned a : 3;
    signed b : 5;
    unsigned c : 32;
    _Bool d : 1;
    unsigned long long e : 20;
    enum color f : 4;
    unsigned short g : 9;
};
struct deep {
    struct point p[2];
    union { int u; float v; };
    struct { int in[3]; } sub;
    const char *name;
    volatile int vol;
    int (*fn)(int, char);
    row rows[2];
    struct deep *next;
    char flex[];
};

int plain(int);
double real(float, ...);
char *text(const char *, size_t);
struct point make(int, int);
void nothing(void);
int old();
int (*chooser(int))(int);
static int statics[3];
extern const volatile int hardware;
int sized[] = {1, 2, [7] = 3};

void literals(void)
{
    1; 1u; 1l; 1ul; 1ll; 1ull; 1LLU; 0x1; 0xffffffff; 0x80000000; 2147483648;
    4294967295; 4294967296; 0x7fffffffffffffff; 0x8000000000000000;
    0777; 037777777777; 0b101; 0b11111111111111111111111111111111;
    1.0; 1.f; 1.L; 1e3; .5; 5.; 0x1p3; 0x1.8p-2f; 1.0f32; 1.0f64; 1.0f128;
    1.0f32x; 1.0f64x; 1.0q; 1.0w; 1.0df; 1.0dd; 1.0dl;
    1i; 1.0i; 1.0fi; 1.0if; 1il; 1.0Li; 2j;
    'a'; 'ab'; '\n'; '\x41'; '\377'; '\0'; L'a'; u'a'; U'a'; '\u00e9'; L'\u20ac';
    "abc"; "a" "b"; "\x41" "B"; "\101\n"; L"abc"; u"abc"; U"abc"; u8"abc";
    "a" L"b"; "\u00e9"; L"\u20ac"; u"\U0001f600"; U"\U0001f600"; "é€😀";
    L"é€😀"; u"é€😀"; u8"é"; R"(a\n)"; R"x(a)"b)x"; LR"(ab)"; "";
}

void arithmetic(char c, signed char sc, unsigned char uc, short s,
                unsigned short us, int i, unsigned u, long l, unsigned long ul,
                long long ll, unsigned long long ull, float f, double d,
                long double ld, _Bool b, __int128 w, unsigned __int128 uw,
                enum color e, enum minus m)
{
    c + c; c + sc; uc + us; s * us; us + i; i + u; u + l; l + ul; ul + ll;
    ll + ull; ull + f; f + d; d + ld; f + i; f * l; b + b; b + c; e + e;
    e + 1; m + 1; m + u; w + ull; uw + w; w + i; w * f; RED + 1; WIDE; NEG;
    c << l; l << c; us >> 1; ull >> i; 1 << 3; -c; +uc; ~us; !c; !d; -b; ~b;
    -e; -u; +f; -ld; ~ull; -w; i / 2; u % 3; ul & i; us | uc; c ^ c; i - ull;
    c < us; d == f; b && c; i || d; (i, c); (c, us); i ? c : uc; i ? s : us;
    i ? u : l; i ? f : 1; i ? d : ld; i ?: u; c ?: s; e ? e : m; b ? b : c;
    i = c; c = i; c += l; us <<= 2; f *= d; b = d; e = 3; ull -= 1; w ^= 2;
    i++; ++c; uc--; --us; f++; d--; b++; ll++; e++;
    sizeof i; sizeof(int); sizeof(char[7]); sizeof c + 1; sizeof(c + c);
    _Alignof(double); __alignof__(d); sizeof(struct point);
    (char)i; (unsigned short)d; (double)i; (_Bool)i; (long double)c;
    (enum color)1; (cint)1; (void)i; (int)1.5; (unsigned)-1; (signed char)200;
    (_Bool)0.5; (int)(char)300; (unsigned char)~0; (long)(int)0xffffffffu;
    _Generic(c, int: 1, char: 2.0, default: 3.0f);
    _Generic(s, int: 1, default: 3.0f); _Generic(+s, int: 1, default: 3.0f);
    _Generic(u, int: i, unsigned: c); _Generic("x", char *: l, default: 0);
    _Generic((cint)1, int: 1L, default: 2); _Generic(i, default: s);
}

void constants(void)
{
    1 + 2 * 3; (7 - 10) / 2; -7 % 3; 7u - 10; ~0; ~0u; !5; 1 << 4; -1 >> 1;
    1 < 2; 1u > -1; 1 ? 2 : 3; 0 ? 2 : 3u; 1 && 0; 0 || 2; 5 & 3; 5 | 3; 5 ^ 3;
    GREEN * 2; BLUE; NEG; sizeof(int) * 3; sizeof(struct bits);
    offsetof(struct deep, sub.in[2]); offsetof(struct deep, v);
    __builtin_types_compatible_p(int, const int);
    __builtin_types_compatible_p(int, unsigned);
    __builtin_choose_expr(1, (char)1, 2.0); __builtin_choose_expr(0, 1, 2.0);
    'a' + 1; '\377'; sizeof "abc"; sizeof(L"abc"); sizeof sized;
    sizeof statics / sizeof *statics; (long)3 - 5; (unsigned char)257;
    2147483647 + 1u; 0x7fffffffffffffff; -9223372036854775807 - 1;
    18446744073709551615u; 18446744073709551615u / 10; 1ull << 63;
    (int)3.9; (int)-3.9; (char)1.0f; sizeof(int[3][4]); sizeof(row);
    _Alignof(struct deep); _Alignof(long double); sizeof(long double);
    sizeof(void *); sizeof(_Complex double); sizeof(v4f); sizeof(union num);
    (short)40000; (unsigned)1 << 31; 10 / 3 * 3 + 10 % 3; 1 == 1u;
    -1 < 1u; -1 < 1ul; (unsigned char)255 + 1; (short)-1 == -1;
}

void pointers(int *p, const int *cp, volatile int *vp, void *v,
              const void *cv, char **pp, int (*arr)[3], const int (*carr)[3],
              int (*fn)(int), int i, row r, int (*open)[], char *restrict rp)
{
    *p; *cp; *vp; *pp; **pp; *arr; **arr; *fn; **fn; &p; &*p; &i; &arr[1];
    p[1]; 1[p]; arr[1]; arr[1][2]; pp[0][1]; r[0]; &r; *r; carr[0]; carr[0][1];
    p + 1; 1 + p; p - 1; p - p; cp - p; p += 2; p -= i; p++; --p; pp++; v + 1;
    p == p; p < p; !p; p && v; p == 0; p == v; v == (void *)0; fn == plain;
    i ? p : cp; i ? p : v; i ? p : 0; i ? 0 : cp; i ? v : cv; i ? p : (void *)0;
    i ? (void *)0 : cp; i ? (void *)0 : v; i ? p : vp; i ? cp : vp;
    i ? arr : open; i ? fn : plain; i ? fn : 0; i ? plain : plain; p ?: v;
    i ? "a" : "bcd"; i ? "a" : 0; i ? (char *)0 : "x"; i ? rp : "x";
    fn(1); (*fn)(1); (**fn)(1); plain(1); (plain)(1); (&plain)(1); (*plain)(2);
    chooser(1); chooser(1)(2); *chooser; &plain; &fn; real(1.0f, 2);
    text("x", 1); *text("x", 1); text("x", 1)[0]; make(1, 2).x; make(1, 2);
    nothing(); old(1, 2); old; sizeof *arr; sizeof r; sizeof(*fn)(1);
    (int *)v; (char *)p; (int (*)(int))v; (const char *)"x"; (uintptr_t)p;
    "abc"[1]; *"abc"; &"abc"; "abc" + 1; &statics; &statics[1]; *statics;
    statics; sized; &sized; hardware; &hardware; *&i; __func__; &__func__;
    (i ? plain : fn)(1); (i, p); (p, "abc"); *(i, p); strlen("x") + 1;
    memcpy(p, v, 3); (int[]){1, 2, 3}; (int[2]){1}; &(int){1}; (row){0};
    (struct point){1, 2}; (struct point){1, 2}.y; &(struct point){.y = 1};
    (const char[]){"abc"}; (char[]){'a', 'b'}; (int[]){[5] = 1};
    (union num){.d = 1}; (int){i}; (int *){p}; (struct point[]){{1}, 2, 3};
    &pp[1]; &*pp[1]; *pp++; (*p)++; *++p; -*p; !*pp; ~*p; sizeof(*pp)[0];
}

void aggregates(struct deep *d, struct deep s, const struct deep *cd,
                volatile struct point *vp, union num n, struct bits b,
                struct bits *pb, const struct bits *cb)
{
    d->p; d->p[1]; d->p[1].x; d->u; d->v; d->sub; d->sub.in; d->sub.in[1];
    d->name; *d->name; d->vol; d->fn; d->fn(1, 'a'); (*d->fn)(1, 'a'); d->rows;
    d->rows[1]; d->rows[1][2]; d->next->next; d->flex; d->flex[1]; *d; &*d;
    (*d).u; (&s)->u; s.p->x; s.p[0]; s.sub.in; &s.sub; &s.sub.in[1]; &d->p;
    cd->u; cd->p; cd->p[0].x; cd->name; cd->sub.in; &cd->u; &cd->sub; cd->rows;
    vp->x; &vp->x; *vp; n.f; n.i + n.d; &n.i; s = *d; s = s; (s).v; d->p[0] = s.p[1];
    1 ? s : *d; 1 ? *cd : s; (0, s); (0, s).u; s.p[0] = (struct point){1, 2};
    b.a; b.b; b.c; b.d; b.e; b.f; b.g; +b.a; +b.c; b.a + 1; b.c + 1; -b.b; b.c - 1;
    b.a << 1; b.c << 1; ~b.a; !b.d; b.e + 1; b.f + 1; b.g * b.g; b.a ? b.a : b.b;
    b.c ? b.c : b.c; b.a = 3; b.a++; --b.b; b.c += 1; (b.a); (0, b.a);
    pb->a + pb->c; cb->a; cb->d; (b.a = 1) + 1; (b.c = 1) + 1; b.a && b.d;
    b.a == b.b; b.a < 1u; b.a | b.a; 1 ? b.a : 1u; 1 ? b.a : 1L;
    sizeof s.p; sizeof d->sub; sizeof(d->flex[0]); (char)b.a; (void)b.a;
    _Generic(s.u, int: 1, default: 2.0); make(1, 2).x + 1; &make;
}

void complexes(_Complex double z, _Complex float zf, _Complex int zi, double d,
               float f, int i, _Complex long double zl)
{
    z + zf; zf + zf; zf + f; zf + d; z + i; zi + i; zi + 1.0; zl * z; -z; ~z;
    !z; z == zf; z ? 1 : 2; __real__ z; __imag__ zf; __real__ zi; __real__ d;
    __real__ z = 3; __imag__ z += 1; z = i; zf *= 2; (float)z; (_Complex float)d;
    i ? z : d; i ? f : zf; z * 1i; 1.0fi * f; z++; I * 2;
    __builtin_complex(1.0, 2.0); __builtin_complex(1.0f, 2.0f); conj(z);
    creal(z); cimagf(zf); cabsl(zl); sizeof z; &z; &__real__ z;
}

void vectors(v4i a, v4i b, v4f f, v16u u, int i, v4i *p, float s)
{
    a + b; a * 2; 2 * a; -a; ~a; a & b; a << 1; a << b; a == b; f < f; f + 1.0f;
    f == f; u < u; u + u; a[0]; f[i]; (*p)[1]; a = b; a += b; f *= s; i ? a : b; (v4f)a; (v4i)f; (v4i){1, 2}; &a; *p; p[0][1]; __builtin_convertvector(a, v4f); __builtin_shuffle(a, b); __builtin_shuffle(f, a); a++;
}

void builtins(int i, unsigned u, long l, char *s, _Atomic int at, int *p,
              double d, unsigned long *pl, _Bool *pb, ...)
{
    va_list ap, aq;
    va_start(ap, pb); va_copy(aq, ap); va_arg(ap, int); va_arg(ap, char *);
    va_arg(ap, struct point); va_arg(ap, struct point).x; va_end(ap);
    __builtin_expect(i, 1); __builtin_popcount(u); __builtin_clzl(l);
    __builtin_bswap16(u); __builtin_bswap32(u); __builtin_bswap64(u);
    __builtin_strlen(s); __builtin_memcpy(s, s, 1); __builtin_alloca(3);
    __builtin_constant_p(i); __builtin_object_size(s, 0); __builtin_abs(i);
    __builtin_add_overflow(i, i, p); __builtin_mul_overflow_p(i, l, i);
    __builtin_huge_val(); __builtin_inff(); __builtin_nanl(""); __builtin_isnan(d);
    __builtin_fabs(d); __builtin_fabsf(d); __builtin_sqrtl(d); __builtin_floor(d);
    __builtin_isinf_sign(d); __builtin_signbit(d); __builtin_fpclassify(0, 1, 2, 3, 4, d);
    __builtin_frame_address(0); __builtin_return_address(0); __builtin_unreachable();
    __builtin_assume_aligned(s, 16); __builtin_prefetch(s); __builtin_trap();
    __builtin_ffs(i); __builtin_ctzll(l); __builtin_parity(u); __builtin_strchr(s, 1);
    __builtin_malloc(1); __builtin_printf("x"); __builtin_classify_type(d);
    __builtin_copysign(d, d); __builtin_memcmp(s, s, 1); __builtin_labs(l);
    __sync_fetch_and_add(p, 1); __sync_bool_compare_and_swap(p, 1, 2);
    __sync_val_compare_and_swap(pl, 1, 2); __sync_synchronize();
    __sync_lock_test_and_set(p, 1); __sync_lock_release(p); __sync_add_and_fetch(pl, 1);
    __atomic_load_n(p, 5); __atomic_store_n(p, 1, 5); __atomic_exchange_n(pl, 1, 5);
    __atomic_fetch_add(p, 1, 5); __atomic_add_fetch(pl, 1, 5);
    __atomic_compare_exchange_n(p, &i, 1, 0, 5, 5); __atomic_test_and_set(pb, 5);
    __atomic_clear(pb, 5); __atomic_thread_fence(5); __atomic_load(p, &i, 5);
    __atomic_always_lock_free(4, 0); __atomic_is_lock_free(4, p);
    at; at + 1; at = 3; at++; at += 2; &at; (int)at; at ? 1 : 2L;
    __extension__ (i + 1); __extension__ 1.0f; __builtin_types_compatible_p(int, long) + 1L;
    __builtin_speculation_safe_value(i); __builtin_offsetof(struct deep, sub);
}

int statements(int n, int *p, row r)
{
    int vla[n], two[n][3];
    typedef int big[n];
    big local;
    __auto_type au = 1.5f;
    __typeof__(n + 1L) tl = 3;
    __typeof__(int *) tp = p, tq = tp;
    static const char *const names[] = {"a", "b"};
    struct { int anon; } an = {1};
    struct inner { struct point p; } in = {{1, 2}}, *pin = &in;
    enum { LOCAL = 5 };
    int tab[][2] = {1, 2, 3, 4}, str[] = {[2] = 1, 2}, init[3] = {LOCAL};
    char s[] = "hello", t[] = {"hey"}, u[10] = "x";
    void *labels[] = {&&one, &&two};
    vla[1]; &vla[1]; *vla; two[1][2]; local[1]; *two[1]; au; tl; tq; names[1];
    an.anon; in.p.x; pin->p; LOCAL; tab; str; init; s; t; u; &tab; *tab; labels[0];
    sizeof tab; sizeof str; sizeof s; sizeof t; sizeof u; sizeof(tab[0]);
    ({ 1; }); ({ int q = n; q + 1L; }); ({ s; }); ({ in; }).p.x; ({ ; });
    ({ if (n) n++; }); ({ typedef char loc; (loc)n; }); ({ r; }); ({ plain; });
    n ? ({ 1u; }) : 2; ({ ({ 1.0f; }); }); (void)({ n; }); &&one; ({ L: 1.5; });
    __extension__ ({ int x_ = (n); int y_ = 2; x_ > y_ ? x_ : y_; });
    {
        typedef char plain;
        plain n = 'x';
        n; (plain)n; sizeof(plain); -(plain)1; (plain) + 1;
        { int plain = 1; (plain) + 1; plain * n; }
    }
    for (long n = 0; n < 3; n++) { n; n + 1; }
    for (int i = 0, *q = p; i < 3; i++, q++) { q + i; *q; }
    while (n--) { n; continue; }
    do { n; if (n) break; } while (n < 3);
    if (n) n; else { n + 1u; }
    switch (n) { case 1: n; case 2 ... 5: p; break; default: r; }
    asm volatile("" : "+r"(n), "=m"(*p) : [x] "r"(1 + 2), "i"(3) : "memory");
    asm("nop"); asm goto("" : : : : one);
    goto *labels[n];
one: __attribute__((unused)) n++;
two:;
    __label_is_not__: n;
    int after = 3;
    after; r; &r; r + 1; p = r; *r;
    __attribute__((unused)) int attr = 1; attr;
    _Static_assert(LOCAL == 5, "local");
    int nested(int a) { return a + n; }
    nested(1); &nested; nested(n) + 1L;
    return n + nested(2);
}
