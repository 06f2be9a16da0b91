# SPDX-License-Identifier: MIT
# What clients of the Redis server do wrong, and what they may do: malformed
# requests, random ones, slow ones, resets, a peer that does not read.
# redis.py PORT PID
import os
import signal

from client import (ask, connect, descriptors, garbage, line, must, pid, read,
                    reset, rest, until_closed)


def bulk(*words):
    return b"*%d\r\n" % len(words) + b"".join(
        b"$%d\r\n%s\r\n" % (len(w), w) for w in words)


def refused(request):
    got = ask(request, end=False)
    must("%r: not refused but %r" % (request[:40], got[:60]),
         got.startswith(b"-ERR Protocol error: ") and got.count(b"\r\n") == 1)


before = descriptors()
refused(b"*1025\r\n")
refused(b"*x\r\n")
refused(b"*-1\r\n")
refused(b"*\r\n")
refused(b"*1\r\n:3\r\n")
refused(b"*1\r\n$x\r\n")
refused(b"*1\r\n$-1\r\n")
refused(b"*1\r\n$99999999999999999999\r\n")
refused(b"*1\r\n$4\r\nPINGxx")
refused(b"x" * 5000)
refused(b"x " * 2000 + b"\n")
refused(b"*2\r\n$3\r\nGET\r\n$1048570\r\n" + b"x" * 1048570)
must("a name that is no line", ask(bulk(b"a\r\n+OK")) ==
     b"-ERR unknown command 'a  +OK', with args beginning with: \r\n")

# in any pieces, and many at once
s = connect()
for i in range(0, 3):
    for c in bulk(b"set", b"key", b"value \r\n 1"):
        s.send(bytes([c]))
    must("a request in pieces", read(s, 5) == b"+OK\r\n")
s.sendall(b"PING\r\n\r\n\n" * 5000 + bulk(b"ping") * 5000)
must("pipelined", read(s, 70000) == b"+PONG\r\n" * 10000)
large = os.urandom(1000000)
s.sendall(bulk(b"SET", b"large", large) + bulk(b"STRLEN", b"large"))
must("a large one", read(s, 15) == b"+OK\r\n:1000000\r\n")
s.sendall(bulk(b"GET", b"large") * 3)
must("large replies",
     read(s, 3000036) == b"$1000000\r\n%s\r\n" % large * 3)
s.sendall(bulk(b"QUIT") + bulk(b"PING"))
must("QUIT is the end", rest(s) == b"+OK\r\n")

# keys go by themselves
s = connect()
for i in range(500):
    s.sendall(bulk(b"SET", b"%d" % i, b"x", b"PX", b"1"))
    read(s, 5)
size = b""
while size != b":2\r\n":              # key and large
    s.sendall(bulk(b"DBSIZE"))
    size = line(s)

# who asks and does not read has no room for more than some replies
deaf = connect()
deaf.setblocking(False)
try:
    while True:
        deaf.send(bulk(b"GET", b"large"))
except (BlockingIOError, ConnectionError):
    pass                                    # full; dropped already
s = connect()
s.sendall(bulk(b"PING"))
must("somebody else waits for a deaf one", read(s, 7) == b"+PONG\r\n")
with open("/proc/%s/status" % pid) as status:
    peak = [int(line.split()[1]) for line in status if "VmHWM" in line]
must("a deaf one makes it grow", peak[0] < 400000)

for request in b"", b"*2\r\n$3\r\nGE", bulk(b"ping"), bulk(b"get", b"large"):
    reset(request)
must("a slow one", ask(b"*2\r\n$3\r\nGE", end=False) == b"")
deaf.setblocking(True)
got = rest(deaf)
must("a deaf one is not dropped", len(got) < 20000000)
garbage([b"*", b"$", b"1", b"3", b"-", b"\r\n", b"\n", b"GET", b"SET", b" ",
         b"LPUSH", b"KEYS", b"[a-", b"*3\r\n", b"$3\r\nSET\r\n", b"\0", b"\xff",
         b"a" * 300, bulk(b"LRANGE", b"l", b"-9999999999", b"1")], 300)
s.close()
until_closed(before)

# the end: what has come is answered, and all connections close
s, idle = connect(), connect()
s.sendall(bulk(b"ping") * 100)
must("busy", read(s, 7) == b"+PONG\r\n")
os.kill(int(pid), signal.SIGTERM)
must("at the end", rest(s) == b"+PONG\r\n" * 99 and rest(idle) == b"")
