/* SPDX-License-Identifier: MIT
 * TLS by OpenSSL over descriptors of ours. pkg: openssl
 *
 *     openssl PORT CA                 a client of a local HTTPS server: what
 *                                     that says, if it has a certificate of CA
 *     openssl CERTIFICATE KEY         such a server; prints its port, and ends
 *                                     when SIGTERM comes */
#include <aw_io.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- the adapter --------------------------------------------------------- */

/* An operation has said `r`, which is no success: waits until it is worth to
 * call it again; AW_EOF when the peer has ended. Errors stay in OpenSSL's
 * queue. */
static async void again(SSL *tls, int r)
{
    switch (SSL_get_error(tls, r)) {
    case SSL_ERROR_WANT_READ: await aw_fd_wait(SSL_get_fd(tls), AW_READ); break;
    case SSL_ERROR_WANT_WRITE:
        await aw_fd_wait(SSL_get_fd(tls), AW_WRITE);
        break;
    case SSL_ERROR_ZERO_RETURN: throw AW_EOF;
    default: throw EPROTO;
    }
}

/* What then stands around each operation, here the one that ends. A peer that
 * has gone without a word is no concern of ours any more. */
static async void tls_end(SSL *tls)
{
    int r;
    while ((r = SSL_shutdown(tls)) < 0)
        await again(tls, r);
}

/* --- a client ------------------------------------------------------------ */

static async void print_all(SSL *tls)
{
    char text[512];
    int n;
    for (;;) {
        while ((n = SSL_read(tls, text, sizeof text)) <= 0)
            await again(tls, n);
        fwrite(text, 1, (size_t)n, stdout);
    }
}

static async int ask(SSL_CTX *ctx, const char *port)
{
    static const char request[] = "GET /page HTTP/1.0\r\n\r\n";
    int r, fd = await aw_open_connection("127.0.0.1", port);
    defer aw_fd_close(fd);
    SSL *tls = SSL_new(ctx);
    defer SSL_free(tls);
    SSL_set_fd(tls, fd);
    SSL_set1_host(tls, "localhost");
    while ((r = SSL_connect(tls)) <= 0)
        await again(tls, r);
    while ((r = SSL_write(tls, request, sizeof request - 1)) <= 0)
        await again(tls, r);
    try {
        await print_all(tls);
    } catch (AW_EOF) {
        await tls_end(tls);
    }
    return 0;
}

static async int client(const char *port, const char *ca)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    defer SSL_CTX_free(ctx);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
    if (SSL_CTX_load_verify_locations(ctx, ca, NULL) == 1) {
        try {
            return await aw_wait_for_ms(ask(ctx, port), 10000);
        } catch (EPROTO) {
        }
    }
    ERR_print_errors_fp(stderr);
    return 1;
}

/* --- a server ------------------------------------------------------------ */

static async void answer(SSL *tls)
{
    char text[2048];
    int r, n = 0;
    while ((r = SSL_accept(tls)) <= 0)
        await again(tls, r);
    do {
        while ((r = SSL_read(tls, text + n, (int)sizeof text - 1 - n)) <= 0)
            await again(tls, r);
        n += r;
        text[n] = '\0';
    } while (!strstr(text, "\r\n\r\n") && n < (int)sizeof text - 1);
    n = snprintf(text, sizeof text,
                 "HTTP/1.0 200 OK\r\n\r\nhello over TLS, %s\n",
                 SSL_session_reused(tls) ? "again" : "for the first time");
    while ((r = SSL_write(tls, text, n)) <= 0)
        await again(tls, r);
    await tls_end(tls);
}

static async void serve(aw_stream *s, void *ctx)
{
    SSL *tls = SSL_new(ctx);
    defer SSL_free(tls);
    SSL_set_fd(tls, s->fd);
    try {
        await aw_wait_for_ms(answer(tls), 10000);
    } catch (EPROTO, AW_EOF, ETIMEDOUT) {
        ERR_clear_error(); /* its own fault */
    }
}

static async void stop_at_signal(aw_server *s)
{
    await aw_signal_wait(SIGTERM);
    aw_server_stop(s);
}

static async int server(const char *certificate, const char *key)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
    defer SSL_CTX_free(ctx);
    if (SSL_CTX_use_certificate_chain_file(ctx, certificate) != 1 ||
        SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1) {
        ERR_print_errors_fp(stderr);
        return 1;
    }
    aw_server s = AW_SERVER_INIT(aw_tcp_listen("127.0.0.1", 0, 0), serve, ctx);
    aw_signal_open(SIGTERM);
    defer aw_signal_close(SIGTERM);
    printf("%u\n", aw_local_port(s.fd));
    fflush(stdout);
    await aw_gather(stop_at_signal(&s), aw_serve(&s));
    return 0;
}

async int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    signal(SIGPIPE, SIG_IGN); /* OpenSSL writes without MSG_NOSIGNAL */
    if (strspn(argv[1], "0123456789") == strlen(argv[1]))
        return await client(argv[1], argv[2]);
    return await server(argv[1], argv[2]);
}
