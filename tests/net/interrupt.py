# SPDX-License-Identifier: MIT
# A server that is interrupted with 100 requests in flight closes them all.
# interrupt.py PORT PID HALF-A-REQUEST
import os
import signal
import sys

from client import connect, descriptors, pid, rest

before = descriptors()
clients = [connect() for i in range(100)]
for s in clients:
    s.sendall(sys.argv[3].encode())
while descriptors() < before + len(clients):
    os.sched_yield()
os.kill(int(pid), signal.SIGINT)
for s in clients:
    rest(s)
