/* Async functions share no declaration with other names. */
typedef async int handler(int);
handler on_read, *table[4];
