/* A function is async in all of its declarations or in none. */
int get(int key);
async int get(int key);
async int put(int key);
int put(int key)
{
    return key;
}
async_generator(int) range(int n);
async int range(int n);
