" SPDX-License-Identifier: MIT
autocmd BufNewFile,BufRead *.aw setfiletype awaitc
