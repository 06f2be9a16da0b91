#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The runtime in few files, for programs that would rather copy it than link a
# library.  amalgamate.sh DIR VERSION
#   aw.h aw_io.h    the headers
#   aw.c            all files of this folder; with -DAW_FREESTANDING those that
#                   need no operating system
#   aw_net.aw       what of aw_io.h is not C: for awaitc, if a program needs it
#   port_NAME.c     the ports, of which a program takes one
set -eu
export LC_ALL=C
mkdir -p "$1"
to=$(cd "$1" && pwd)
version=$2
cd "$(dirname "$0")"
core='loop task timer gather hold block sync flag error box'
hosted=
for f in *.c; do
    case " $core " in
    *" ${f%.c} "*) ;;
    *) hosted="$hosted ${f%.c}" ;;
    esac
done

# paste FILE [SEEN]: with our own headers in place, each once, but for SEEN; the
# public ones stay includes, and have what generated code needs in them.
paste()
{
    awk -v top="$1" -v skip="${2:-}" '
    function put(path,    line, name, dir) {
        dir = path
        if (!sub(/[^\/]*$/, "", dir)) dir = ""
        while ((getline line < path) > 0) {
            name = line
            if (line ~ /^#if.*__AWAITC__ && !defined AW_EDITOR$/)
                line = "#if !defined AW_EDITOR && " needed
            if (line == "#ifdef __AWAITC__") line = "#if " needed
            if (path == "aw.h" && line == "#else" && "aw_gen.h" in seen &&
                !split_done++)
                line = "#endif\n" \
                    "#if !defined __AWAITC__ || defined AW_EDITOR"
            if (!sub(/^#include "/, "", name)) { print line; continue }
            sub(/".*/, "", name)
            sub(/.*\//, "", name)
            if (name == "aw_editor.h") print line
            else if (name == "aw.h" || name == "aw_io.h")
                print "#include \"" name "\""
            else if (name in seen) continue
            else if (name ~ /_gen\.h$/ && top !~ /^aw(_io)?\.h$/) continue
            else if (name == "aw_gen.h" && top == "aw_io.h") continue
            else { seen[name] = 1; put(find(dir, name)) }
        }
        close(path)
    }
    # sim.h and posix.h are in port/, all others here.
    function find(dir, name) {
        return name ~ /^(sim|posix)\.h$/ ? "port/" name : name
    }
    BEGIN {
        needed = "(defined __AWAITC__ || defined AWI_RUNTIME)"
        if (skip) seen[skip] = 1
        put(top)
    }'
}

# Names of the file $1 that are its own: functions, objects, constants.
own_names()
{
    sed -n 's/^static [^(=;]*[ *]\([a-z_0-9]*\)\((\|;\|\[\| =\).*/\1/p
        s/^} \([a-z_0-9]*\)\(;\| = .*\)$/\1/p
        s/^enum [a-z_]* {\(.*\)};/\1/p; s/^    \([A-Z_]*\),.*/\1/p' "$1" |
        tr -d ' ' | tr ',' '\n' | sort -u
}

# own_of FILE: what it must have for itself; not what is a member there, too
own_of()
{
    own_names "$1" | grep -xF "$shared" | while read -r name; do
        grep -q "\(->\|\.\)$name\>" "$1" || echo "$name"
    done
}

# together FILE...: as one. What is the own of more than one file of the
# library gets the name of its file, behind what no shared name begins with;
# macros end with theirs.
together()
{
    for f in "$@"; do
        own=$(own_of "$f")
        prefix=awi_in_$(basename "$f" .c)_
        echo "/* ---- $f */"
        grep -q '^#include ".*aw_io.h"' "$f" && echo '#include "aw_io.h"'
        for name in $own; do echo "#define $name $prefix$name"; done
        grep -v '^#include "' "$f"
        for name in $own; do echo "#undef $name"; done
        sed -n 's/^#define \([A-Za-z][A-Za-z0-9_]*\).*/#undef \1/p' "$f" |
            sort -u
    done
}

head()
{
    echo "/* SPDX-License-Identifier: 0BSD"
    echo " * The runtime of awaitc $version, $1: made of many files. */"
}

names()
{
    for n in "$@"; do echo "$n.c"; done
}

system="#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif"

# shellcheck disable=SC2046,SC2086 # lists of names
shared=$(for f in $(names $core $hosted); do own_names "$f"; done |
    sort | uniq -d)
paste aw.h >"$to/aw.h"
paste aw_io.h >"$to/aw_io.h"
cp aw_bare.h aw_editor.h aw_uv.h "$to"
for f in *.aw; do cp "$f" "$to/aw_$f"; done
{
    head 'all but the port'
    echo '#ifndef AW_FREESTANDING'
    echo "$system"
    echo '#endif'
    paste impl.h
    # shellcheck disable=SC2046 # a list of names
    together $(names $core)
    echo '#ifndef AW_FREESTANDING'
    paste impl_io.h impl.h
    # shellcheck disable=SC2046 # a list of names
    together $(names $hosted)
    echo '#endif'
} >"$to/aw.c"

for f in port/*.c; do
    name=$(basename "$f" .c)
    [ "$name" = posix ] && continue
    {
        head "port $name"
        if grep -q '"posix.h"' "$f"; then
            echo "$system"
            paste port/posix.c
            together "$f"
        else
            paste "$f"
        fi
    } >"$to/port_$name.c"
done
