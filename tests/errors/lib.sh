# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Shared by the runners of messages, errors/ and warnings/: FOLDER/NAME.aw,
# which may carry options in a comment `options: ...`, and the exact text of
# what awaitc says to it, NAME.err.

# compile FILE OUT [OPTION...]: with the options it names itself as well
compile()
{
    compile_file=$1
    compile_out=$2
    shift 2
    options=$(sed -n 's|.*options: *\(.*[^ ]\) *\*/.*|\1|p' "$compile_file")
    # shellcheck disable=SC2086 # a list of options
    (cd "${compile_file%/*}" &&
        timeout 20 "$AWAITC" -I"$root/runtime" $options "$@" \
            -o "$root/$compile_out" "${compile_file##*/}" 2>&1)
}

# accept FOLDER [NAME...]: what awaitc says now is what it should say
accept()
{
    folder=$1
    shift
    mkdir -p build/test
    for f in $(pick "$folder" .aw "$@"); do
        compile "$f" build/test/accept.c >"${f%.aw}.err"
    done
}
