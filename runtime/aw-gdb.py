# SPDX-License-Identifier: 0BSD
"""Commands of gdb for programs of awaitc, live ones and their core files:

    aw tasks            the tree of tasks: name, state, awaits with their lines
    aw bt [TASK]        the awaits of one task, the innermost first
    aw locals [TASK] [N]  what frame N of these keeps across its await, by the
                        names of the source

A TASK is the number that `aw tasks` prints, or an expression of type
aw_task(T); without one it is the task that runs, else number 0. The program
has to be built with -g; nothing is called in it. README.md says how gdb finds
this file.
"""
import re

import gdb

WAITED, NAMED = 8, 16                   # flags of a node, runtime/impl.h
OWN = re.compile(r"awf(_.*)?$|aw$|ret$|[ck]\d+$")


class Missing(gdb.GdbError):
    """What is asked for is not there."""


def struct(name, value):
    """The struct of that name at address `value`, which is a pointer."""
    try:
        return value.cast(gdb.lookup_type("struct " + name).pointer())
    except gdb.error:
        raise Missing("no debugging information of the runtime (struct %s); "
                      "build it with -g" % name)


def text(value):
    return value.string(errors="replace") if int(value) else ""


# --- loops ----------------------------------------------------------------


def frame_loops(thread):
    """Loops in the C frames of a thread: they need no thread-local storage,
    which gdb cannot read out of core files."""
    thread.switch()
    f = gdb.newest_frame()
    while f is not None:
        try:
            block = f.block()
        except RuntimeError:
            block = None
        while block is not None and block.function is None:
            block = block.superblock
        for s in block or []:
            if not (s.is_variable or s.is_argument):
                continue
            t = s.type.strip_typedefs()
            pointer = t.code == gdb.TYPE_CODE_PTR
            if (t.target() if pointer else t).unqualified().tag != "aw_loop":
                continue
            try:
                v = s.value(f)
                v = v if pointer else v.address
                if not v.is_optimized_out and int(v):
                    yield v
            except gdb.error:
                pass
        f = f.older()


def thread_loop(thread):
    """The current loop of a thread, out of thread-local storage."""
    thread.switch()
    try:
        v = gdb.parse_and_eval("awi_loop")
        return [struct("aw_loop", v)] if int(v) else []
    except gdb.error:
        return []


def all_loops():
    """Every loop, once, with its thread."""
    here = gdb.selected_thread()
    frame = gdb.selected_frame() if here else None
    if here is None:
        raise Missing("no process, and no core file")
    found = {}
    try:
        for thread in sorted(gdb.selected_inferior().threads(),
                             key=lambda t: t.num):
            loops = thread_loop(thread) or list(frame_loops(thread))
            for v in loops:
                found.setdefault(int(v), (thread, v))
    finally:
        here.switch()
        frame.select()
    return list(found.values())


# --- frames ---------------------------------------------------------------


def parent(f):
    up = int(f["up"])
    if up == 0:
        return None
    boxed = (1 << 8 * f["up"].type.sizeof) - 1
    if up == boxed:
        return f.cast(f.type.pointer())[-1]
    unit = 1 if f["up"].type.sizeof == 4 else 4
    char = gdb.lookup_type("char").pointer()
    return (f.cast(char) - up * unit).cast(f.type)


def last_state(desc):
    own = int(desc["states"]) - 1
    tail = desc["tail"]
    return last_state(tail) + own - 1 if int(tail) else own


class Level:
    """One async function of a chain of awaits: its frame, and its line."""

    def __init__(self, frame, desc, state):
        tail = last_state(desc["tail"]) if int(desc["tail"]) else 0
        at = state
        if tail and state:
            at = 1 if state <= tail else state - tail + 1
        self.frame, self.desc = frame, desc
        self.name = text(desc["name"])
        self.file = text(desc["file"])
        self.line = 0
        if self.file and int(desc["lines"]):
            known = at < int(desc["states"])
            self.line = int(desc["lines"][at if known else 0])
        self.passes_on = state and state <= tail

    def __str__(self):
        return self.name + (" %s:%d" % (self.file, self.line) if self.line
                            else "")

    def fields(self):
        """Names and values of what the frame keeps."""
        resume = int(self.desc["resume"])
        try:
            kind = gdb.lookup_type("struct awf_" + self.name,
                                   gdb.block_for_pc(resume))
        except gdb.error:
            return None
        value = self.frame.cast(kind.pointer()).dereference()
        names = set(names_in(kind))
        return [(shown(n, names), v) for n, v in members(value)]


def names_in(kind):
    for f in kind.fields():
        if f.name:
            yield f.name
        else:
            yield from names_in(f.type)


def shown(name, names):
    """By the name of the source: of those in inner blocks that hide others,
    with a number."""
    base, _, n = name.rpartition("_")
    return "%s (%s)" % (base, n) if n.isdigit() and base in names else name


def members(value):
    for f in value.type.fields():
        if not f.name:
            yield from members(value[f])
        elif not OWN.match(f.name):
            yield f.name, value[f]


def levels(task):
    """The chain of awaits of a task, the innermost function first."""
    f, chain = task["leaf"], []
    while f is not None and int(f):
        desc, here = f["desc"], []
        state = int(f["state"])
        while True:
            level = Level(f, desc, state)
            here.append(level)
            if not level.passes_on:
                break
            desc = desc["tail"]
        chain += [h for h in reversed(here) if not is_root(h.desc)]
        f = parent(f)
    return chain


def is_root(desc):
    symbol = gdb.decode_line("*%d" % int(desc["resume"]))
    block = gdb.block_for_pc(int(desc["resume"])) if symbol else None
    return bool(block and block.function and block.function.name == "awi_root")


# --- tasks ----------------------------------------------------------------

STATES = {"THROWN": "ready",
          "DOOMED": "cancelled before it began", "SLEEP": "sleeping",
          "JOIN": "waiting for a task", "RING": "waiting",
          "FLAG": "waiting for a flag",
          "FD": "waiting for a descriptor", "OWNER": "waiting for its children"}


def state_of(node):
    kind = gdb.lookup_type("enum awi_state")
    return str(node["state"].cast(kind)).rpartition("AWI_")[2]


def link(member):
    """The neighbour of a member or task: see the head of task.c."""
    flags, p = int(member["n"]["flags"]), member["link"]
    if flags & NAMED:
        p = struct("awi_name", p)["link"]
    if flags & WAITED:
        p = struct("awi_node", p)["prev"]
    return p


def name_of(task):
    if int(task["m"]["n"]["flags"]) & NAMED:
        return text(struct("awi_name", task["m"]["link"])["name"])
    f = task["leaf"]
    while int(f["up"]):
        f = parent(f)
    return text(f["desc"]["name"])


def children(task):
    """The tasks of the combinator or group that a task waits for."""
    g = struct("awi_gather", task["m"]["n"]["u"]["on"])
    mode = str(g["mode"].cast(gdb.lookup_type("enum awi_mode")))
    group = mode.endswith("AWI_GROUP")
    last = g["last"]
    if group:
        m = struct("awi_group", g)["first"]
    else:
        m = struct("awi_member", link(last)) if int(last) else last
    while int(m):
        kind = str(m["n"]["kind"].cast(gdb.lookup_type("enum awi_kind")))
        if kind.endswith("AWI_HANDLE"):
            yield struct("awi_handle", m)["task"], True
        elif state_of(m["n"]) != "ENDED":
            yield struct("aw_task", m), False
        if int(m) == int(last):
            return
        m = struct("awi_member", link(m))


def walk(loop):
    """(depth, task, is a handle): all tasks, each before its children."""
    def down(depth, task):
        yield depth, task, False
        if state_of(task["m"]["n"]) != "OWNER":
            return
        for child, handle in children(task):
            if handle:
                yield depth + 1, child, True
            else:
                yield from down(depth + 1, child)
    t = loop["first"]
    while int(t):
        yield from down(0, t)
        t = struct("aw_task", t["m"]["owner"])


def numbered():
    """All tasks in the order of `aw tasks`."""
    return [t for _, loop in all_loops() for _, t, handle in walk(loop)
            if not handle]


def find(word):
    if word is not None and not re.match(r"\d+$", word):
        return struct("aw_task", gdb.parse_and_eval(word))
    for _, loop in all_loops() if word is None else []:
        if int(loop["running"]):
            return loop["running"]
    tasks, n = numbered(), int(word or 0)
    if n >= len(tasks):
        raise Missing("there is no task %d" % n)
    return tasks[n]


def describe(task):
    node = task["m"]["n"]
    state = state_of(node)
    if any(int(v["running"]) == int(task) for _, v in all_loops()):
        return "%s: running, since it waited here" % name_of(task)
    said = STATES.get(state, state.lower())
    leaf = task["leaf"]
    if state == "READY" and not int(leaf["up"]) and not int(leaf["state"]):
        said = "not begun"
    if state == "JOIN":
        said += " " + name_of(struct("aw_task", node["u"]["on"]))
    if state == "SLEEP":
        said += " until %d" % int(node["u"]["when"])
    if state == "FD":
        said += " %d" % (int(node["u"]["when"]) >> 2)
    return "%s: %s" % (name_of(task), said)


def print_chain(chain, indent):
    for n, level in enumerate(chain):
        print("%s#%d %s" % (indent, n, level))


# --- commands -------------------------------------------------------------


class Aw(gdb.Command):
    """Tasks of awaitc: aw tasks, aw bt, aw locals."""

    def __init__(self):
        super().__init__("aw", gdb.COMMAND_STACK, gdb.COMPLETE_NONE, True)


class Tasks(gdb.Command):
    """aw tasks: the tree of tasks, each with its awaits."""

    def __init__(self):
        super().__init__("aw tasks", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        n, loops = 0, all_loops()
        if not loops:
            print("no loop runs")
        for thread, loop in loops:
            if len(loops) > 1:
                print("thread %d:" % thread.num)
            for depth, task, handle in walk(loop):
                indent = "  " * depth
                if handle:
                    print("%s- for task %s" % (indent, name_of(task)))
                    continue
                print("%s- %d %s" % (indent, n, describe(task)))
                print_chain(levels(task), indent + "    ")
                n += 1


class Bt(gdb.Command):
    """aw bt [TASK]: the awaits of one task, the innermost first."""

    def __init__(self):
        super().__init__("aw bt", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        task = find((gdb.string_to_argv(argument) + [None])[0])
        print(describe(task))
        print_chain(levels(task), "")


class Locals(gdb.Command):
    """aw locals [TASK] [N]: what frame N (0) of `aw bt` keeps.

What the function needs after its await is valid; other names may show what
they had before. A name that hides one of an outer block has its number."""

    def __init__(self):
        super().__init__("aw locals", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        words = gdb.string_to_argv(argument)
        task = find(words[0] if words else None)
        n = int(words[1]) if len(words) > 1 else 0
        chain = [c for c in levels(task)]
        if n >= len(chain):
            raise Missing("there is no frame %d" % n)
        print("#%d %s" % (n, chain[n]))
        fields = chain[n].fields()
        if fields is None:
            print("of the runtime: no locals")
            return
        for name, value in fields:
            print("%s = %s" % (name, value.format_string(max_elements=200)))


Aw()
Tasks()
Bt()
Locals()
