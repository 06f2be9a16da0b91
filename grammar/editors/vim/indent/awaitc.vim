" SPDX-License-Identifier: MIT
" Clauses and blocks of the dialect are indented like those of C.
runtime! indent/c.vim
setlocal cinwords+=try,catch,finally,defer,aw_for,aw_group,aw_timeout_ms
