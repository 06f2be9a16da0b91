/* No token of C. */
async int f(void @ int x);
