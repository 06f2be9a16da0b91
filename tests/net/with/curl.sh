#!/bin/sh
# SPDX-License-Identifier: MIT
# PROGRAM against curl.py.  curl.sh PROGRAM
exec python3 tests/net/with/curl.py "$1"
