/* SPDX-License-Identifier: MIT
 * The tokens of C (6.4, with what GNU C adds). C removes line splices, a
 * backslash at the end of a line, before it looks for tokens; here they are
 * part of the rules, so that tokens stay spans of the text: S stands wherever
 * one may be. The text is in memory and ends in a NUL; a NUL before that is a
 * byte like others. */
#include "gen/lex_impl.h"

enum tok_kind lex_scan(struct lexer *x)
{
    const unsigned char *marker;
    for (;;) {
        x->start = x->cur;
        /*!re2c
        re2c:define:YYCTYPE = "unsigned char";
        re2c:define:YYCURSOR = x->cur;
        re2c:define:YYLIMIT = x->end;
        re2c:define:YYMARKER = marker;
        re2c:yyfill:enable = 0;
        re2c:eof = 0;

        N = "\\" [ \t\v\f\r]* "\n";
        S = N*;

        // -- white space, comments, directives
        $                       { return TK_EOF; }
        [ \t\v\f\r]+ | N        { continue; }
        "\n" [ \t\v\f\r\n]*     { x->bol = true; continue; }
        "/" S "/" ([^\n] | N)*  { continue; }
        "/" S "*"               { x->cur = lex_comment(x->cur, x->end);
                                  continue; }
        "#" | "%" S ":"         { if (!x->bol)
                                      return TK_HASH;
                                  lex_directive(x);
                                  continue; }

        // -- identifiers: well-formed UTF-8 beyond ASCII, \u and \U
        D = [0-9];
        X = [0-9a-fA-F];
        T = [\x80-\xbf];
        U = [\xc2-\xdf] T | "\xe0" [\xa0-\xbf] T | "\xed" [\x80-\x9f] T
          | [\xe1-\xec\xee\xef] T T | "\xf0" [\x90-\xbf] T T
          | [\xf1-\xf3] T T T | "\xf4" [\x80-\x8f] T T;
        L = [a-zA-Z_$] | U;
        ucn = "\\" S ("u" (S X){4} | "U" (S X){8});

        L (L | D)*              { return lex_ident(x, true); }
        (L | ucn) (S (L | D | ucn))*
                                { return lex_ident(x, false); }

        // -- numbers: more than C gives a meaning, as in 6.4.8
        (D | "." S D) (S (L | D | ucn | "." | [eEpP] S [+-]))*
                                { return TK_NUM; }

        // -- characters and strings; without their end, up to the line's
        P = ("u" (S "8")? | "U" | "L") S;
        C = [^'\\\n] | "\\" S [^\n] | N;
        Q = [^"\\\n] | "\\" S [^\n] | N;

        P? "'" C* "'"           { return TK_CHAR; }
        P? ["] Q* ["]           { return TK_STRING; }
        P? (['] C* | ["] Q*) "\\"?
                                { return TK_OTHER; }
        P? "R" S ["] [^ ()\\\t\v\f\r\n"]* "("
                                { return lex_raw_string(x); }

        // -- punctuators and their digraphs
        "[" | "<" S ":"         { return TK_LBRACK; }
        "]" | ":" S ">"         { return TK_RBRACK; }
        "("                     { return TK_LPAREN; }
        ")"                     { return TK_RPAREN; }
        "{" | "<" S "%"         { return TK_LBRACE; }
        "}" | "%" S ">"         { return TK_RBRACE; }
        "."                     { return TK_DOT; }
        "-" S ">"               { return TK_ARROW; }
        "+" S "+"               { return TK_INC; }
        "-" S "-"               { return TK_DEC; }
        "&"                     { return TK_AMP; }
        "*"                     { return TK_STAR; }
        "+"                     { return TK_PLUS; }
        "-"                     { return TK_MINUS; }
        "~"                     { return TK_TILDE; }
        "!"                     { return TK_BANG; }
        "/"                     { return TK_SLASH; }
        "%"                     { return TK_PERCENT; }
        "<" S "<"               { return TK_SHL; }
        ">" S ">"               { return TK_SHR; }
        "<"                     { return TK_LT; }
        ">"                     { return TK_GT; }
        "<" S "="               { return TK_LE; }
        ">" S "="               { return TK_GE; }
        "=" S "="               { return TK_EQ; }
        "!" S "="               { return TK_NE; }
        "^"                     { return TK_CARET; }
        "|"                     { return TK_PIPE; }
        "&" S "&"               { return TK_ANDAND; }
        "|" S "|"               { return TK_OROR; }
        "?"                     { return TK_QUESTION; }
        ":"                     { return TK_COLON; }
        ":" S ":"               { return TK_COLONCOLON; }
        ";"                     { return TK_SEMI; }
        "." S "." S "."         { return TK_ELLIPSIS; }
        "="                     { return TK_ASSIGN; }
        "*" S "="               { return TK_STAR_ASSIGN; }
        "/" S "="               { return TK_SLASH_ASSIGN; }
        "%" S "="               { return TK_PERCENT_ASSIGN; }
        "+" S "="               { return TK_PLUS_ASSIGN; }
        "-" S "="               { return TK_MINUS_ASSIGN; }
        "<" S "<" S "="         { return TK_SHL_ASSIGN; }
        ">" S ">" S "="         { return TK_SHR_ASSIGN; }
        "&" S "="               { return TK_AMP_ASSIGN; }
        "^" S "="               { return TK_CARET_ASSIGN; }
        "|" S "="               { return TK_PIPE_ASSIGN; }
        ","                     { return TK_COMMA; }
        "#" S "#" | "%" S ":" S "%" S ":"
                                { return TK_HASHHASH; }

        *                       { return TK_OTHER; }
        */
    }
}
