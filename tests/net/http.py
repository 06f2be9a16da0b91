# SPDX-License-Identifier: MIT
# What clients of the HTTP server do wrong: malformed requests, random ones,
# slow ones, resets. http.py PORT PID
import os
import random
import socket
import struct
import sys

port, pid = int(sys.argv[1]), sys.argv[2]


def connect():
    s = socket.create_connection(("127.0.0.1", port))
    s.settimeout(20)
    return s


def rest(s):
    """All that comes, until the server closes."""
    data = b""
    try:
        while True:
            piece = s.recv(65536)
            if not piece:
                return data
            data += piece
    except ConnectionResetError:
        return data


def ask(request, end=True):
    with connect() as s:
        try:
            s.sendall(request)
            if end:
                s.shutdown(socket.SHUT_WR)
        except OSError:                     # closed already
            pass
        return rest(s)


def expect(status, request, end=True):
    got = ask(request, end)
    if not got.startswith(b"HTTP/1.1 %d " % status):
        sys.exit("%r: not %d but %r" % (request[:60], status, got[:60]))


def reset(request):
    s = connect()
    s.sendall(request)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


def descriptors():
    return len(os.listdir("/proc/%s/fd" % pid))


ok = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
before = descriptors()
expect(400, b"GET\r\n\r\n")
expect(400, b"GET / HTTP/1.1\r\nno colon\r\n\r\n")
expect(400, b"GET / HTTP/1.1\r\nX : y\r\n\r\n")
expect(400, b"GET /%zz HTTP/1.1\r\n\r\n")
expect(400, b"GET /%00 HTTP/1.1\r\n\r\n")
expect(400, b"GET /\0 HTTP/1.1\r\n\r\n")
expect(505, b"GET / HTTP/9.9\r\n\r\n")
expect(413, b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
expect(431, b"GET /" + b"x" * 5000)
expect(200, b"GET / HTTP/1.1\r\nRange: bytes=9-1\r\n\r\n")
expect(408, b"GET / HT", end=False)         # and never more
if ask(ok * 30).count(b"200 OK") != 30:     # pipelined
    sys.exit("pipelined requests are not all answered")
if ask(b"", end=False) != b"":              # idle: closed without a word
    sys.exit("an idle connection is answered")
for request in b"", b"GET / HT", ok, b"GET /big HTTP/1.1\r\n\r\n" * 3:
    reset(request)
random.seed(1)
words = [b"GET ", b"HEAD ", b"/", b"big", b"%2", b" HTTP/1.1", b"\r\n", b":",
         b"\r\n\r\n", b"Range: bytes=", b"0-", b"-1", b"99999999999999999999",
         b"Connection: ", b"close", b"\0", b"\xff", b"a" * 300, b"..", b"?"]
for i in range(300):
    ask(b"".join(random.choices(words, k=random.randrange(1, 25))) +
        b"\r\n\r\n")
expect(200, ok)
while descriptors() > before:               # the last ones are just closing
    os.sched_yield()
