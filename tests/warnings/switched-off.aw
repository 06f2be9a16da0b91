/* Nothing is said. options: -Wno-all -Werror=endless-loop -Wno-endless-loop */
#include <aw.h>
#include <unistd.h>

async int main(void)
{
    sleep(1);
    for (;;)
        ;
}
