# SPDX-License-Identifier: MIT
# People in a chat, among them some who do wrong. chat.py PORT PID
import os
import signal
import socket

from client import (ask, connect, descriptors, garbage, line, must, pid, port,
                    read, reset, rest, until_closed)


def person(name, room=b"lobby", s=None):
    s = s or connect()
    must("welcome", line(s) == b"* your name?\n")
    s.sendall(name + b"\n")
    must("lobby", line(s) == b"* you are in lobby\n")
    if room != b"lobby":
        s.sendall(b"/join " + room + b"\n")
        must("room", line(s) == b"* you are in %s\n" % room)
    return s


def hears(s, *lines):
    for wanted in lines:
        got = line(s)
        must("%r, not %r" % (got, wanted), got == wanted + b"\n")


before = descriptors()
ann = person(b"ann")
bob = person(b"bob")
hears(ann, b"* bob comes")
bob.sendall(b"hello, \x1b[1mann\r\n\n/who\n/nick b b\n/nick ann\n/up\n")
hears(ann, b"bob: hello,  [1mann")
must("who", {line(bob), line(bob)} == {b"* ann is here\n", b"* bob is here\n"})
hears(bob, b"* no name: b b", b"* ann is taken", b"* no command: /up")
bob.sendall(b"/nick bill\n/join /\n/join den\nalone\n/who\n")
hears(ann, b"* bob is now bill", b"* bill goes")
hears(bob, b"* no room: /", b"* you are in den", b"* bill is here")
ann.sendall(b"/join den\n")
hears(ann, b"* you are in den")
hears(bob, b"* ann comes")
s = person(b"eve", b"den")
hears(bob, b"* eve comes")
hears(ann, b"* eve comes")
s.sendall(b"x" * 600)
must("too long", rest(s) in (b"* that line is too long\n", b""))
hears(bob, b"* eve goes")
hears(ann, b"* eve goes")

# who does not read has to go, and nobody notices before
deaf = socket.socket()
deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
deaf.settimeout(20)
deaf.connect(("127.0.0.1", port))
person(b"deaf", b"den", deaf)
hears(ann, b"* deaf comes")
hears(bob, b"* deaf comes")
words = b"y" * 400 + b"\n"
gone = False
for i in range(3000):
    ann.sendall(words * 30)
    for j in range(30):
        got = line(bob)
        if got == b"* deaf goes\n":
            gone = True
            got = line(bob)
        must("lost", got == b"ann: " + words)
    if gone:
        break
must("a deaf one stays", gone)
rest(deaf)
hears(ann, b"* deaf goes")

for request in b"", b"half a na", b"tom\nhello\n":
    reset(request)
ann.sendall(b"/join out\n")
hears(ann, b"* you are in out")
hears(bob, b"* ann goes")
garbage([b"tim", b"\n", b"/nick ", b"/join ", b"/who\n", b"\0", b"\xff", b"/",
         b"a" * 300, b" ", b"/quit\n", b"lobby", b"den\n"], 300)
must("a name only", ask(b"zoe") == b"* your name?\n* you are in lobby\n")
ann.sendall(b"/quit\n")
must("quit", rest(ann) == b"")

bob.sendall(b"/join end\n")
while line(bob) != b"* you are in end\n":
    pass
while descriptors() > before + 1:
    os.sched_yield()
os.kill(int(pid), signal.SIGTERM)
must("the end", rest(bob) == b"* that was all\n")
