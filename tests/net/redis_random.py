# SPDX-License-Identifier: MIT
# Random commands that our Redis server knows, given by redis-cli to it and to
# redis-server: both say the same. What a clock decides is kept out: keys end
# in hours or have ended, and the time that is left counts as some.
# redis_random.py PORT SOCKET SEED ROUNDS: ours; theirs; a round is 200 commands
import random
import re
import subprocess
import sys

KEYS = ["a", "b", "ab", "abc", "c-d", "l", "list", "[x]", "e\\f", "*", "?", ""]
NUMBERS = ["0", "1", "-1", "2", "3", "7", "-2", "100", "-100",
           "9223372036854775807", "-9223372036854775808"]
BAD = ["x", "", "1.5", "+1", "01", "-0", " 1", "1 ", "9223372036854775808",
       "-9223372036854775809", "99999999999999999999", "1e3"]
TIMES = ["10000", "99999", "0", "-1", "9223372036854775807",
         "-9223372036854775808", "9223372036854775"]
TEXT = ["v", "word", "two words", "", "\r\n", "\0\xff", "\"'\\", "a" * 50,
        "[1]", "OK"]


class Maker:
    """Makes commands, each a list of words."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def key(self):
        return self.r.choice(KEYS)

    def number(self):
        return self.r.choice(NUMBERS if self.r.random() < 0.9 else BAD)

    def index(self):
        return str(self.r.randint(-8, 8)) if self.r.random() < 0.9 \
            else self.number()

    def time(self):
        return self.r.choice(TIMES) if self.r.random() < 0.9 else self.number()

    def value(self):
        return self.r.choice(self.r.choice((TEXT, NUMBERS)))

    def many(self, make, most):
        return [make() for _ in range(self.r.randint(1, most))]

    def pattern(self):
        return "".join(self.r.choice("ab**??[[]]^^-\\cdlx")
                       for _ in range(self.r.randint(0, 7)))

    def options(self):
        """Of SET."""
        made = []
        while self.r.random() < 0.3:
            made += self.r.choice((["NX"], ["XX"], ["EX", self.time()],
                                   ["PX", self.time() + "000"], ["EX"],
                                   [self.value()]))
        return made

    def command(self):
        r, key = self.r, self.key
        make = {
            "GET": lambda: [key()],
            "SET": lambda: [key(), self.value()] + self.options(),
            "INCR": lambda: [key()],
            "DECR": lambda: [key()],
            "INCRBY": lambda: [key(), self.number()],
            "APPEND": lambda: [key(), self.value()],
            "STRLEN": lambda: [key()],
            "MGET": lambda: self.many(key, 4),
            "MSET": lambda: self.many(lambda: r.choice((key, self.value))(),
                                      8),
            "LPUSH": lambda: [key()] + self.many(self.value, 5),
            "RPUSH": lambda: [key()] + self.many(self.value, 5),
            "LPOP": lambda: [key()] + r.choice(([], [self.index()])),
            "RPOP": lambda: [key()] + r.choice(([], [self.index()])),
            "LLEN": lambda: [key()],
            "LRANGE": lambda: [key(), self.index(), self.index()],
            "DEL": lambda: self.many(key, 3),
            "EXISTS": lambda: self.many(key, 4),
            "EXPIRE": lambda: [key(), self.time()],
            "PEXPIRE": lambda: [key(), self.time() + "000"],
            "TTL": lambda: [key()],
            "PTTL": lambda: [key()],
            "PERSIST": lambda: [key()],
            "TYPE": lambda: [key()],
            "KEYS": lambda: [self.pattern()],
            "PING": lambda: r.choice(([], [self.value()])),
            "ECHO": lambda: [self.value()],
            "SELECT": lambda: [r.choice(("0", "0", "1", "-1", "x"))],
            "DBSIZE": lambda: [],
            "FLUSHALL": lambda: [],
        }
        name = r.choices(list(make), [0.2 if n == "FLUSHALL" else 2 if n in (
            "SET", "LPUSH", "RPUSH", "LRANGE") else 1 for n in make])[0]
        words = make[name]()
        if r.random() < 0.03:               # too few
            words = words[:-1]
        if r.random() < 0.02 and name not in ("EXPIRE", "PEXPIRE", "FLUSHALL"):
            words.append(self.value())      # too many, often
        if r.random() < 0.01:
            name = r.choice(("WHAT", "", "get ", "a\r\nb", "x" * 200))
        return [r.choice((str, str.lower))(name)] + words


def quoted(word):
    return '"%s"' % "".join("\\x%02x" % ord(c) for c in word)


def replies(address, commands):
    """What each of them is answered, as redis-cli prints it."""
    text = "".join("ECHO <%d>\n%s\n" % (i, " ".join(map(quoted, c)))
                   for i, c in enumerate(commands)) + "ECHO <end>\n"
    out = subprocess.run(["redis-cli", "--no-raw"] + address,
                         input=text.encode(), stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, timeout=100).stdout
    parts = re.split(r'^"<(?:\d+|end)>"\n', out.decode("latin-1"), flags=re.M)
    if len(parts) != len(commands) + 2:
        sys.exit("redis-cli %s said:\n%s" % (address, out[-500:]))
    return parts[1:-1]


def same(command, reply):
    """Without what may differ: how long it took, when redis-cli found that
    worth a line; the time left; the order of keys."""
    name = command[0].upper()
    reply = re.sub(r"^\(\d+\.\d+s\)\n", "", reply, flags=re.M)
    if name in ("TTL", "PTTL"):
        reply = re.sub(r"^\(integer\) \d+$", "(integer) some", reply)
    if name == "KEYS":
        reply = sorted(re.sub(r"^ *\d+\) ", "", s) for s in reply.split("\n"))
    return reply


def compare(port, socket, seed):
    m = Maker(seed)
    commands = [["FLUSHALL"]] + [m.command() for _ in range(200)]
    ours = replies(["-p", port], commands)
    theirs = replies(["-s", socket], commands)
    for i, c in enumerate(commands):
        if same(c, ours[i]) != same(c, theirs[i]):
            sys.exit("seed %d, command %d: %r\nours: %stheirs: %s" % (
                seed, i, c, ours[i], theirs[i]))


def main(port, socket, seed, rounds):
    for i in range(int(rounds)):
        compare(port, socket, int(seed) + i)


main(*sys.argv[1:])
