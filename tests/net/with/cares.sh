#!/bin/sh
# SPDX-License-Identifier: MIT
# PROGRAM against cares.py.  cares.sh PROGRAM
exec python3 tests/net/with/cares.py "$1"
