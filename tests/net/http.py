# SPDX-License-Identifier: MIT
# What clients of the HTTP server do wrong: malformed requests, random ones,
# slow ones, resets. http.py PORT PID
import sys

from client import (ask, connect, descriptors, garbage, must, reset, rest,
                    until_closed)


def expect(status, request, end=True):
    got = ask(request, end)
    if not got.startswith(b"HTTP/1.1 %d " % status):
        sys.exit("%r: not %d but %r" % (request[:60], status, got[:60]))


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
must("pipelined requests are not all answered",
     ask(ok * 30).count(b"200 OK") == 30)
must("an idle connection is answered", ask(b"", end=False) == b"")
deaf = connect()                            # wants 27 MB, takes none
deaf.sendall(b"GET /big HTTP/1.1\r\n\r\n" * 10)
for request in b"", b"GET / HT", ok, b"GET /big HTTP/1.1\r\n\r\n" * 3:
    reset(request)
garbage([b"GET ", b"HEAD ", b"/", b"big", b"%2", b" HTTP/1.1", b"\r\n", b":",
         b"\r\n\r\n", b"Range: bytes=", b"0-", b"-1", b"99999999999999999999",
         b"Connection: ", b"close", b"\0", b"\xff", b"a" * 300, b"..", b"?"],
        300, b"\r\n\r\n")
expect(200, ok)
until_closed(before)
must("a deaf one has got it all", len(rest(deaf)) < 20000000)
