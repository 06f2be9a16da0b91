/* What an async declaration becomes has no place for a definition. */
async struct point { int x, y; } origin(void);
struct shape {
    async enum color { RED } (*pick)(void);
};
