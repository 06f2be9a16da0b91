# SPDX-License-Identifier: MIT
# The examples of a Markdown text, each into a folder of its own below `into`:
#   main.aw    a block ```c, completed as the head of the text says
#   NAME       a block ```c NAME: one of several files, as it stands
#   run        a block ```sh after them: the commands
#   out        a block ```text: what it prints, or "error: ..." lines
#   line       where it begins
# A block ```c begins an example, unless it has a name and follows another one
# with a name. A block ```text ends one.
function folder() { return into "/" sprintf("%03d", number) }

function begin_example() {
    number++
    system("mkdir -p " folder())
    print FNR > (folder() "/line")
    close(folder() "/line")
}

# The first block of the text, said to stand before each of the others.
function completed(body,    s) {
    s = "#line 1 \"main.aw\"\n"
    if (body ~ /main\(/)
        return (body ~ /#include <aw.h>/ ? "" : prelude s) body
    return prelude "static async void example(void)\n{\n" s body "}\n" \
        "async int main(void)\n{\n    await example();\n" \
        "    return 0;\n}\n"
}

function write(name, text) {
    printf "%s", text > (folder() "/" name)
    close(folder() "/" name)
}

function end_block() {
    if (language == "c" && name == "" && prelude == "" && body !~ /main\(/)
        prelude = body
    else if (language == "c" && name == "")
        write("main.aw", completed(body))
    else if (language == "c")
        write(name, body)
    else if (language == "sh")
        write("run", body)
    else if (language == "text")
        write("out", body)
}

/^```/ && !inside {
    inside = 1
    body = ""
    split(substr($0, 4), words, " ")
    language = words[1]
    name = words[2]
    if (language == "c" && (name == "" || !named))
        begin_example()
    named = language == "c" ? name != "" : named && language == "sh"
    next
}
/^```$/ {
    inside = 0
    end_block()
    next
}
inside { body = body $0 "\n" }
