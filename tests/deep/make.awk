# SPDX-License-Identifier: MIT
# awk -v what=NAME -v n=COUNT -f make.awk: a program in which NAME is nested, or
# goes on, COUNT times. `-v what=list` prints the names.
function times(text,    all, i)
{
    all = ""
    for (i = 0; i < n; i++)
        all = all text
    return all
}

function main_with(body)
{
    print "#include <aw.h>\nasync int f(int x);\nint p(int x);"
    print "struct s { struct s *n; int v; } *q;"
    print "async int main(void)\n{\n    int a = 1;"
    print body "\n    return await f(a);\n}"
}

# Functions that call the next one, declared before: `last` ends it.
function chain(last,    i)
{
    print "#include <aw.h>"
    for (i = 0; i < n; i++)
        print "static async int g" i "(int x);"
    for (i = 0; i < n - 1; i++)
        print "static async int g" i "(int x) { return await g" (i + 1) "(x); }"
    print "static async int g" (n - 1) "(int x) { " last " }"
    print "async int main(void) { return await g0(1); }"
}

function backward_chain(    i)
{
    print "#include <aw.h>\nstatic async int g0(int x) { return x; }"
    for (i = 1; i < n; i++)
        print "static async int g" i "(int x) { await aw_sleep_ms(x); " \
            "return await g" (i - 1) "(x); }"
    print "async int main(void) { return await g" (n - 1) "(1); }"
}

function numbered(before, after,    all, i)
{
    all = ""
    for (i = 0; i < n; i++)
        all = all before i after
    return all
}

# a = OPEN ... MIDDLE ... CLOSE;
function around(open, middle, close_)
{
    main_with("a = " times(open) middle times(close_) ";")
}

function operand(op)
{
    return "a = " times("a " op " ") "await f(1);"
}

BEGIN {
    if (what == "list") {
        print "and arrays assign awaits blocks calls cases casts chain " \
            "comma cond cycle defers elif empty forward gather generic " \
            "groups ifs index init labels locals members nested not params " \
            "parens plus pointers sizeof stmtexpr strings structs timeouts " \
            "try typeof unclosed"
        exit
    }
    if (what == "chain") chain("await aw_sleep_ms(x); return x;")
    if (what == "cycle") chain("return await g0(x);")
    if (what == "forward") backward_chain()
    if (what == "and") main_with(operand("&&"))
    if (what == "plus") main_with(operand("+"))
    if (what == "comma") main_with("a = (" times("a++, ") "await f(1));")
    if (what == "awaits")
        main_with("a = " numbered("await f(", ") + ") "0;")
    if (what == "locals")
        main_with(numbered("int v", " = await f(1);") "\n    a = " \
                  numbered("v", " + ") "0;")
    if (what == "cond") main_with("a = " times("a ? 1 : ") "await f(1);")
    if (what == "assign") main_with(times("a = ") "await f(1);")
    if (what == "not") main_with("a = " times("!") "await f(1);")
    if (what == "casts") main_with("a = " times("(int)") "await f(1);")
    if (what == "sizeof") around("sizeof ", "a + await f(1)", "")
    if (what == "parens") around("(", "await f(1)", ")")
    if (what == "calls") around("p(", "await f(1)", ")")
    if (what == "nested") around("await f(", "1", ")")
    if (what == "members") main_with("a = q" times("->n") "->v + await f(1);")
    if (what == "index") around("\"\"[", "await f(1)", "]")
    if (what == "strings") main_with("a = (" times("\"x\" ") ")[await f(1)];")
    if (what == "stmtexpr") around("({", "await f(1);", "});")
    if (what == "generic") around("_Generic(1, default: ", "await f(1)", ")")
    if (what == "typeof") around("sizeof(__typeof__(", "int", "))")
    if (what == "init")
        main_with("int b = " times("{") "await f(1)" times("}") ";")
    if (what == "structs") main_with(times("struct { ") "int x;" times("} m;"))
    if (what == "pointers")
        main_with("int " times("*") "b = 0; await f(b == 0);")
    if (what == "arrays")
        main_with("int b" times("[1]") "; await f(sizeof b > 1);")
    if (what == "params")
        main_with("int b(" times("int (*)(") "int" times(")") ");")
    if (what == "blocks") main_with(times("{") "await f(1);" times("}"))
    if (what == "empty") main_with(times("{") times("}") times(";"))
    if (what == "ifs") main_with(times("if (a) ") "await f(1);")
    if (what == "elif") main_with(times("if (a++) p(a); else ") "await f(1);")
    if (what == "labels") main_with(numbered("l", ": ") "await f(1);")
    if (what == "cases")
        main_with("switch (a) {" numbered("case ", ": ") "await f(1); }")
    if (what == "try")
        main_with(times("try {") "await f(1);" times("} finally { }"))
    if (what == "defers") main_with(times("defer a++;\n") "await f(1);")
    if (what == "groups") main_with(numbered("aw_group (g", ") {") times("}"))
    if (what == "timeouts")
        main_with(times("aw_timeout_ms (5) {") "await f(1);" times("}"))
    if (what == "gather")
        main_with("await " times("aw_gather(") "f(1)" times(")") ";")
    if (what == "unclosed") main_with(times("{("))
}
