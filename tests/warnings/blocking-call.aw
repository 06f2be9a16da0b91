/* Calls that make the whole loop wait. */
#include <aw.h>
#include <aw_io.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void plain(void)
{
    sleep(1);
}

static async long from_socket(int fd)
{
    char in[8];
    int client = accept(fd, NULL, NULL);

    if (read(STDIN_FILENO, in, sizeof in) > 0)
        await aw_sleep_ms(1);
    return recv(client, in, sizeof in, 0);
}

static async long politely(int fd)
{
    char in[8];

    await aw_fd_wait(fd, AW_READ);
    return recv(fd, in, sizeof in, 0);
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
    (void)recv(0, &p, sizeof p, MSG_DONTWAIT);
    (void)!read(3, &p, sizeof p);
    await politely((int)await from_socket(3));
    plain();
    return status;
}
