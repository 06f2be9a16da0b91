" SPDX-License-Identifier: MIT
" The group of each word at the start of a line, by Vim's own reckoning, to
" the file groups. vim -es -S words.vim FILE.aw
let s:groups = [&filetype . ' ' . &cindent]
for s:line in range(1, line('$'))
  call add(s:groups, getline(s:line) . ' ' .
        \ synIDattr(synID(s:line, 1, 1), 'name'))
endfor
call writefile(s:groups, 'groups')
quitall!
