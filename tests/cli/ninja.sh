# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# A case of run.sh: depfiles that ninja reads.

# Odd names. Depfiles of ninja cannot have & and quotes, nor those of make a ;
# or, in a target, a %.
t_ninja_names()
{
    command -v ninja >/dev/null || return 0
    for n in 'a b' 'a#b' 'a$b' 'a:b' 'a%b' 'a\b'; do
        rm -rf d
        mkdir d
        cd d || return
        echo '#define A 42' >"./$n.h"
        printf '#include "%s.h"\nint x = A;\n' "$n" | tee "./$n.aw" >main.aw
        name=$(printf %s "$n" | sed 's/[$ :]/$&/g')
        cat >build.ninja <<'EOF'
rule awaitc
  command = awaitc -MD -MP -MF $out.d -o $out $in && touch built
  depfile = $out.d
EOF
        for f in "$name" main; do
            printf 'build %s.c: awaitc %s.aw\n' "$f" "$f"
        done >>build.ninja
        ninja
        is_complete "./$n.c"
        rm built
        ninja
        [ ! -e built ]
        sleep 0.01
        touch "./$n.h"
        [ "$(ninja -n | grep -c awaitc)" = 2 ]
        printf 'all: main.c\n-include main.c.d\nmain.c:; @touch new\n' >mk
        make -s -f mk
        [ -e new ]
        cd ..
    done
}
