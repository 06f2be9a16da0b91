# SPDX-License-Identifier: MIT
# One Makefile for everything; `make help` lists the targets. MODE chooses
# the build tree: release (default), asan, cov.
MODE ?= release
B := build/$(MODE)

CC ?= cc
RE2C ?= re2c
AR ?= ar
WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
        -Wmissing-prototypes
CFLAGS_release := -O2 -g
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer \
               -fno-sanitize-recover=undefined
CFLAGS_cov := -O0 -g --coverage
MODEFLAGS := $(CFLAGS_$(MODE))
DEP = -MMD -MP

GEN_SRC := $(filter-out gen/main.c,$(wildcard gen/*.c))
GEN_OBJ := $(GEN_SRC:%.c=$(B)/%.o) $(B)/gen/lex.o
RT_CORE := $(wildcard runtime/*.c)
RT_OBJ := $(RT_CORE:%.c=$(B)/%.o)
UNIT_SRC := $(wildcard tests/unit/*.c)
UNIT_OBJ := $(UNIT_SRC:%.c=$(B)/%.o)

.DEFAULT_GOAL := all
all: $(B)/awaitc $(B)/libaw.a $(B)/libaw-sim.a

# --- compiler ---------------------------------------------------------------
$(B)/gen/lex.c: grammar/lex.re
	@mkdir -p $(@D)
	if command -v $(RE2C) >/dev/null; then \
	    $(RE2C) -W --no-generation-date -i -o $@ $<; \
	else cp grammar/bootstrap/lex.c $@; fi
$(B)/gen/lex.o: $(B)/gen/lex.c
	$(CC) -std=c11 $(WARN) $(MODEFLAGS) $(CFLAGS) $(DEP) -I. -c -o $@ $<
$(B)/gen/%.o: gen/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARN) $(MODEFLAGS) $(CFLAGS) $(DEP) -I. -c -o $@ $<
$(B)/libgen.a: $(GEN_OBJ)
	rm -f $@ && $(AR) rcs $@ $^
$(B)/awaitc: $(B)/gen/main.o $(B)/libgen.a
	$(CC) $(MODEFLAGS) $(LDFLAGS) -o $@ $^

# --- runtime ----------------------------------------------------------------
$(B)/runtime/%.o: runtime/%.c
	@mkdir -p $(@D)
	$(CC) -std=c99 $(WARN) $(MODEFLAGS) $(CFLAGS) $(DEP) -c -o $@ $<
$(B)/libaw.a: $(RT_OBJ) $(B)/runtime/port/epoll.o
	rm -f $@ && $(AR) rcs $@ $^
$(B)/libaw-sim.a: $(RT_OBJ) $(B)/runtime/port/sim.o
	rm -f $@ && $(AR) rcs $@ $^

# --- tests ------------------------------------------------------------------
$(B)/tests/unit/%.o: tests/unit/%.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 $(WARN) $(MODEFLAGS) $(CFLAGS) $(DEP) -I. -c -o $@ $<
$(B)/unit: $(UNIT_OBJ) $(B)/libgen.a $(wildcard $(B)/libaw-sim.a)
	$(CC) $(MODEFLAGS) $(LDFLAGS) -o $@ $^ $$(pkg-config --libs check)
unit: $(B)/unit
	$(B)/unit

clean:
	rm -rf build

.PHONY: all unit clean
-include $(shell find $(B) -name '*.d' 2>/dev/null)
