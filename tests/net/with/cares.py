# SPDX-License-Identifier: MIT
"""PROGRAM asks us, a name server: for names that there are and are not; one
question is answered the second time, one comes too long and is asked again by
TCP, one is never answered.  cares.py PROGRAM"""
import socket
import struct
import subprocess
import sys
import threading

seen = set()


def answer(question, tcp):
    """The answer to a question of one name; None: none."""
    at, labels = 12, []
    while question[at]:
        labels.append(question[at + 1:at + 1 + question[at]].decode())
        at += 1 + question[at]
    name = labels[0]
    asked = question[12:at + 5]
    flags, count, data = 0x8180, 1, b''
    if name == 'none':
        flags, count = 0x8183, 0
    elif name == 'silent' or (name == 'second' and name not in seen):
        seen.add(name)
        return None
    elif name == 'long' and not tcp:
        flags, count = 0x8380, 0
    if count:
        data = (b'\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04' +
                bytes([10, 0, 0, len(name)]))
    return (question[:2] + struct.pack('>HHHHH', flags, 1, count, 0, 0) +
            asked + data)


def serve_udp(s):
    while True:
        question, who = s.recvfrom(512)
        reply = answer(question, False)
        if reply:
            s.sendto(reply, who)


def serve_tcp(s):
    while True:
        c, _ = s.accept()
        with c, c.makefile('rb') as f:
            size, = struct.unpack('>H', f.read(2))
            reply = answer(f.read(size), True)
            c.sendall(struct.pack('>H', len(reply)) + reply)


def bind():
    """Both protocols on one port."""
    while True:
        tcp = socket.create_server(('127.0.0.1', 0))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            udp.bind(tcp.getsockname())
            return udp, tcp
        except OSError:
            tcp.close()
            udp.close()


udp, tcp = bind()
threading.Thread(target=serve_udp, args=(udp,), daemon=True).start()
threading.Thread(target=serve_tcp, args=(tcp,), daemon=True).start()
names = ['one.test', 'three.test', 'none.test', 'second.test', 'long.test',
         'silent.test', '10.1.2.3']
sys.exit(subprocess.run([sys.argv[1], '127.0.0.1:%d' % udp.getsockname()[1],
                         *names], timeout=25).returncode)
