#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads a trace of tasks.aw: JSON of Chrome's kind in which time never goes
back, slices nest, each task is there from its begin to its end, runs, waits
and becomes ready in that order, and the names and times are those of the
program.  check.py FILE virtual|real"""
import json
import sys


def main():
    events = json.load(open(sys.argv[1]))
    virtual = sys.argv[2] == "virtual"
    assert len(events) > 60, len(events)
    now, slices, alive, counts = 0, [], {}, {}
    for e in events:
        assert e["pid"] == 1 and e["tid"] == 1, e
        assert e["ts"] >= now, e
        now = e["ts"]
        kind, name = e["ph"], e["name"]
        counts[kind, name] = counts.get((kind, name), 0) + 1
        if kind == "B":
            assert not slices, e                # steps do not overlap
            slices.append((name, now))
            assert name != "idle" or alive, e
        elif kind == "E":
            opened, since = slices.pop()
            assert opened == name, (opened, e)
            if virtual:                         # only waiting takes time
                assert (now > since) == (name == "idle"), (e, since)
        elif kind == "b":
            assert e["id"] not in alive and e["cat"] == "task", e
            alive[e["id"]] = name
        elif kind == "n":
            assert name == "ready" and e["id"] in alive, e
        else:
            assert kind == "e", e
            del alive[e["id"]]
    assert not slices and not alive, (slices, alive)
    named = 'with "quotes" \\ and ??'
    for (kind, name), n in counts.items():
        if kind == "E":
            assert counts["B", name] == n, name
    tasks = {name: n for (kind, name), n in counts.items() if kind == "b"}
    assert tasks == {"main": 1, "leaf": 10, "spins": 1, "fails": 1}, tasks
    ended = {name: n for (kind, name), n in counts.items() if kind == "e"}
    assert ended == {"main": 1, "leaf": 9, "spins": 1, "fails": 1,
                     named: 1}, ended
    assert counts["B", "spins"] == 4, counts
    print(counts["B", "idle"], "idle,", len(events), "events")


main()
