" SPDX-License-Identifier: MIT
" The words and forms of awaitc, over Vim's syntax of C.
if exists('b:current_syntax')
  finish
endif
runtime! syntax/c.vim
unlet! b:current_syntax

syn keyword awaitcStorage async _Async
syn keyword awaitcWord await yield throw defer _Await _Yield _Throw _Defer
syn keyword awaitcTry try catch finally _Try _Catch _Finally
syn keyword awaitcBlock aw_group aw_timeout_ms aw_for
syn keyword awaitcType aw_task aw_queue aw_task_storage async_generator
syn keyword awaitcType aw_group_ref
syn keyword awaitcForm aw_gather aw_race aw_try aw_wait_for_ms aw_shield
syn keyword awaitcForm aw_gather_tasks aw_gather_each aw_create_task aw_start aw_run
syn keyword awaitcForm aw_loop_run_until_complete aw_group_spawn aw_caught
syn keyword awaitcForm aw_queue_put aw_queue_get aw_queue_close aw_cancel
syn keyword awaitcForm aw_done
syn keyword awaitcConstant AW_CANCELLED

hi def link awaitcStorage StorageClass
hi def link awaitcWord Statement
hi def link awaitcTry Exception
hi def link awaitcBlock Repeat
hi def link awaitcType Type
hi def link awaitcForm Function
hi def link awaitcConstant Constant

let b:current_syntax = 'awaitc'
