" SPDX-License-Identifier: MIT
runtime! ftplugin/c.vim
