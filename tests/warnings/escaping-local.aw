/* Pointers to objects that end before the task does. */
#include <aw.h>

static async void set(int *p)
{
    await aw_sleep_ms(1);
    *p = 1;
}

static async void pair(const char *s, int *p)
{
    await aw_sleep_ms(s[0]);
    *p = 1;
}

aw_task(void) start(void)
{
    int x = 0;

    return aw_create_task(set(&x));
}

async int main(void)
{
    int x = 0, a[4] = {0};
    char text[] = "text";
    struct { int y; } s = {0}, *q = &s;
    static int one;

    aw_create_task(set(&x));
    aw_create_task(aw_wait_for_ms(pair(text, a + 1), 10));
    aw_task(void) t = aw_create_task(set(&s.y));
    aw_group (g) {
        int inner = 0, *outer = &x;
        aw_group_spawn(g, set(&inner));
        aw_group_spawn(g, set(&x));
        aw_group_spawn(g, set(outer));
    }

    /* these cannot, or nobody knows */
    aw_task(void) u = aw_create_task(set(&x));
    aw_create_task(set(&one));
    aw_create_task(set(&q->y));
    aw_create_task(pair("text", q ? &q->y : 0));
    await u;
    return 0;
}
