# SPDX-License-Identifier: MIT
# For the clients that do wrong: what they share. The server is on the port of
# argv[1], its process is argv[2].
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


def read(s, n):
    """n bytes, fewer at the end."""
    data = b""
    while len(data) < n:
        piece = s.recv(n - len(data))
        if not piece:
            break
        data += piece
    return data


def line(s):
    data = b""
    while not data.endswith(b"\n"):
        there = s.recv(4096, socket.MSG_PEEK)
        if not there:
            break
        data += s.recv(there.find(b"\n") + 1 or len(there))
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


def reset(request):
    s = connect()
    s.sendall(request)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


def garbage(words, count, end=b""):
    """So many requests of random words, the same ones each time."""
    random.seed(1)
    for i in range(count):
        ask(b"".join(random.choices(words, k=random.randrange(1, 25))) + end)


def descriptors():
    return len(os.listdir("/proc/%s/fd" % pid))


def until_closed(before):
    """The last connections are just closing; a leak never ends."""
    while descriptors() > before:
        os.sched_yield()


def must(what, condition):
    if not condition:
        sys.exit(what)
