# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Shared by the runners over whole programs: run cases and samples. A case is
# NAME.aw and NAME.out, its exact output; a comment in it may say
#     ports: sim epoll    where it runs (cases: sim; samples: both)
#     exit: 3             the exit status it ends with
#     warnings: off       that its own C is not free of warnings
programs()
{
    pick tests/run .aw "$@"
    pick samples .aw "$@"
}

# marker FILE WORD DEFAULT
marker()
{
    m=$(sed -n "s|^.*[ *]$2: *\([a-z0-9 ]*[a-z0-9]\).*|\1|p" "$1" | head -n 1)
    echo "${m:-$3}"
}

ports()
{
    case $1 in
    samples/*) marker "$1" ports 'sim epoll' ;;
    *) marker "$1" ports sim ;;
    esac
}

# library PORT MODE
library()
{
    case $1 in
    epoll) echo "build/$2/libaw.a" ;;
    *) echo "build/$2/libaw-$1.a" ;;
    esac
}

# translate FILE OUT CC [OPTION]: the C of a program as CC preprocesses it.
translate()
{
    timeout 30 "$AWAITC" --cc="$3" ${4:+"$4"} -Iruntime -o "$2" "$1"
}
