/* C++ and its exceptions. */
#include <aw.h>

async int main(void)
{
    std::vector<int> v;
    try {
        await aw_sleep_ms(1);
    } catch (std::exception &e) {
        return 1;
    }
    try {
        await aw_sleep_ms(2);
    } catch (1) {
        return 2;
    } catch (...) {
        return 3;
    }
    co_await aw_sleep_ms(3);
    co_return 0;
}
