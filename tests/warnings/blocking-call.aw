/* Calls that make the whole loop wait. */
#include <aw.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void plain(void)
{
    sleep(1);
}

async int main(void)
{
    struct timespec t = {0, 1000};
    struct pollfd p = {0, POLLIN, 0};
    struct timeval none = {0, 0};
    fd_set set;
    struct addrinfo *found;
    int status;

    sleep(1);
    usleep(10 * 1000);
    if (nanosleep(&t, NULL))
        await aw_sleep_ms(1);
    poll(&p, 1, -1);
    FD_ZERO(&set);
    select(1, &set, NULL, NULL, NULL);
    waitpid(-1, &status, 0);
    status = await aw_try(aw_sleep_ms(system("true")));
    getaddrinfo("localhost", "http", NULL, &found);

    /* none of these waits */
    sleep(0);
    poll(&p, 1, 0);
    select(1, &set, NULL, NULL, &none);
    waitpid(-1, &status, WNOHANG);
    (void)sizeof(sleep(1));
    plain();
    return status;
}
