# SPDX-License-Identifier: MIT
# What clients of the SOCKS proxy and their targets do wrong, and what they may
# do: halves of connections that end, silence, resets. socks.py PORT PID
import socket
import struct

from client import (ask, connect, descriptors, garbage, must, read, reset,
                    rest, until_closed)

listener = socket.create_server(("127.0.0.1", 0))
listener.settimeout(20)
hello = b"\x05\x01\x00"
request = (b"\x05\x01\x00\x01\x7f\x00\x00\x01" +
           struct.pack("!H", listener.getsockname()[1]))


def through():
    """Both ends of a connection through the proxy."""
    s = connect()
    s.sendall(hello)
    must("greeting", read(s, 2) == b"\x05\x00")
    s.sendall(request)
    answer = read(s, 10)
    target, address = listener.accept()
    target.settimeout(20)
    must("answer", answer == b"\x05\x00\x00\x01" + socket.inet_aton(address[0])
         + struct.pack("!H", address[1]))
    return s, target


def refused(request, answer):
    got = ask(request, end=False)
    must("%r: %r" % (request, got), got == answer)


before = descriptors()
none = b"\x00\x01" + bytes(6)
refused(b"\x04\x01\x00", b"")
refused(b"\x05\x01\x02", b"\x05\xff")
refused(b"\x05\x00", b"\x05\xff")
refused(hello + b"\x04\x01\x00\x01", b"\x05\x00")
refused(hello + b"\x05\x02\x00\x01" + bytes(6), b"\x05\x00\x05\x07" + none)
refused(hello + b"\x05\x01\x00\x02" + bytes(6), b"\x05\x00\x05\x08" + none)
refused(hello + b"\x05\x01\x00\x03\x03a\x00b\x00\x50", b"\x05\x00")
refused(hello + b"\x05\x01\x00\x01\x7f", b"\x05\x00")   # and never more
garbage([b"\x05", b"\x01", b"\x00", b"\x03", b"\x04", b"\xff", hello,
         b"localhost", b"\x7f\x00\x00\x01", b"a" * 300], 300)

# each half ends by itself
s, target = through()
data = bytes(range(256)) * 8000
s.sendall(data)
s.shutdown(socket.SHUT_WR)
must("to the target", rest(target) == data)
target.sendall(data)
target.shutdown(socket.SHUT_WR)
must("and back", rest(s) == data)
s, target = through()
target.sendall(data)
target.close()
must("from the target", rest(s) == data)

# what comes with the greeting is the target's
s = connect()
s.sendall(hello + request + b"early")
target, _ = listener.accept()
must("early", read(target, 5) == b"early")
s.close()
must("its end", rest(target) == b"")

# silence, and a target that does not read
s, target = through()
must("silence", rest(s) == b"" and rest(target) == b"")
s, target = through()
s.setblocking(False)
try:
    while True:
        s.send(data)
except (BlockingIOError, ConnectionError):
    pass
s.setblocking(True)
must("a deaf target", rest(s) == b"")

for piece in b"", hello, hello + request:
    reset(piece)
s, target = through()
s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
s.close()
rest(target)
target.close()
until_closed(before)
