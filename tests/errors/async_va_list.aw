/* A va_list belongs to a caller that has returned by then. */
typedef __builtin_va_list args;
async int print(const char *format, args ap);
async int print2(const char *format, __builtin_va_list ap);
