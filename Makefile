# SPDX-License-Identifier: MIT
# One Makefile for everything, never recursive into folders. `make help` lists
# the targets. Each mode has its own build tree, and all of them are known to
# one make, because `make test` needs several at once.
MODES := release asan cov fuzz
MODE ?= release
B := build/$(MODE)

AR ?= ar
RE2C ?= re2c
CLANG ?= clang
PREFIX ?= /usr/local
DESTDIR ?=
FUZZ_SECONDS ?= 60
CSMITH ?= 2000
TWINS ?= 1000
REDIS_ROUNDS ?= 500
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
VERSION := $(shell sed -n 's/^\#define AWAITC_VERSION "\(.*\)"/\1/p' \
                       gen/version.h)

WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
        -Wmissing-prototypes
CFLAGS ?=
LDFLAGS ?=
FLAGS_release := -O2 -g
FLAGS_asan := -O0 -g -Werror -fno-omit-frame-pointer \
              -fsanitize=address,undefined -fno-sanitize-recover=undefined
FLAGS_cov := -O0 -g --coverage
FLAGS_fuzz := -O1 -g -Werror -fno-omit-frame-pointer \
              -fsanitize=fuzzer-no-link,address,undefined \
              -fno-sanitize-recover=undefined
CC_release = $(CC)
CC_asan = $(CC)
CC_cov = $(CC)
CC_fuzz = $(CLANG)
DEP := -MMD -MP

GEN_SRC := $(filter-out gen/main.c,$(wildcard gen/*.c))
RT_SRC := $(wildcard runtime/*.c)
RT_AW := $(wildcard runtime/*.aw)
RT_HEADERS := $(filter-out runtime/impl%.h,$(wildcard runtime/*.h))
UNIT_SRC := $(wildcard tests/unit/*.c)
SAMPLES := $(basename $(notdir $(wildcard samples/*.aw)))

# What a source tree that is still growing can build.
HAVE_TOOL := $(and $(wildcard gen/main.c),$(wildcard grammar/lex.re))
HAVE_UV := $(shell pkg-config --exists libuv 2>/dev/null && echo y)
HAVE_PORTS := $(notdir $(basename $(wildcard runtime/port/sim.c \
                                             runtime/port/poll.c \
                                             $(if $(HAVE_UV), \
                                                 runtime/port/uv.c) \
                                             runtime/port/epoll.c)))
LIB_sim := libaw-sim.a
LIB_epoll := libaw.a
LIB_poll := libaw-poll.a
LIB_uv := libaw-uv.a
LIBS := $(foreach p,$(HAVE_PORTS),$(LIB_$(p)))


.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
all: $(if $(HAVE_TOOL),$(B)/awaitc) $(LIBS:%=$(B)/%)

# --- scanner ----------------------------------------------------------------
# Machines without re2c use its output as committed; `make bootstrap` renews
# that, and tests/lint compares the two.
RE2C_RUN = $(RE2C) -W --no-generation-date -i -o
build/lex.c: $(wildcard grammar/lex.re)
	@mkdir -p $(@D)
	if command -v $(RE2C) >/dev/null; then $(RE2C_RUN) $@ $<; \
	else cp grammar/bootstrap/lex.c $@; fi
bootstrap:
	@mkdir -p grammar/bootstrap
	$(RE2C_RUN) grammar/bootstrap/lex.c grammar/lex.re

# --- one set of rules for each mode -----------------------------------------
# $(1) is the mode. The compiler is C11, the runtime C99, tests are gnu11.
define MODE_RULES
GEN_OBJ_$(1) := $$(GEN_SRC:%.c=build/$(1)/%.o) \
                $$(if $$(wildcard grammar/lex.re),build/$(1)/gen/lex.o)
RT_OBJ_$(1) := $$(RT_SRC:%.c=build/$(1)/%.o) \
               $$(if $$(HAVE_TOOL),$$(RT_AW:%.aw=build/$(1)/%.o))

build/$(1)/gen/lex.o: build/lex.c
	@mkdir -p $$(@D)
	$$(CC_$(1)) -std=c11 $$(WARN) $$(FLAGS_$(1)) $$(CFLAGS) $$(DEP) -I. \
	    -c -o $$@ $$<
build/$(1)/gen/%.o: gen/%.c
	@mkdir -p $$(@D)
	$$(CC_$(1)) -std=c11 $$(WARN) $$(FLAGS_$(1)) $$(CFLAGS) $$(DEP) -I. \
	    -c -o $$@ $$<
build/$(1)/runtime/%.o: runtime/%.c
	@mkdir -p $$(@D)
	$$(CC_$(1)) -std=c99 $$(WARN) $$(FLAGS_$(1)) $$(CFLAGS) $$(DEP) \
	    -c -o $$@ $$<
build/$(1)/runtime/%.c: runtime/%.aw build/$(1)/awaitc
	@mkdir -p $$(@D)
	build/$(1)/awaitc --cc="$$(CC_$(1))" -Iruntime -MD -MP -MT $$@ \
	    -MF $$@.d -o $$@ $$<
build/$(1)/runtime/%.o: build/$(1)/runtime/%.c
	$$(CC_$(1)) -std=gnu11 $$(WARN) $$(FLAGS_$(1)) $$(CFLAGS) -Iruntime \
	    -c -o $$@ $$<
build/$(1)/tests/%.o: tests/%.c
	@mkdir -p $$(@D)
	$$(CC_$(1)) -std=gnu11 $$(WARN) $$(FLAGS_$(1)) $$(CFLAGS) $$(DEP) -I. \
	    -c -o $$@ $$<

build/$(1)/libgen.a: $$(GEN_OBJ_$(1))
	rm -f $$@ && $$(AR) rcs $$@ $$^
build/$(1)/libaw.a: $$(RT_OBJ_$(1)) build/$(1)/runtime/port/epoll.o \
                    build/$(1)/runtime/port/posix.o
	rm -f $$@ && $$(AR) rcs $$@ $$^
build/$(1)/libaw-poll.a: $$(RT_OBJ_$(1)) build/$(1)/runtime/port/poll.o \
                         build/$(1)/runtime/port/posix.o
	rm -f $$@ && $$(AR) rcs $$@ $$^
build/$(1)/libaw-sim.a: $$(RT_OBJ_$(1)) build/$(1)/runtime/port/sim.o
	rm -f $$@ && $$(AR) rcs $$@ $$^
build/$(1)/libaw-uv.a: $$(RT_OBJ_$(1)) build/$(1)/runtime/port/uv.o \
                       build/$(1)/runtime/port/posix.o
	rm -f $$@ && $$(AR) rcs $$@ $$^
build/$(1)/awaitc: build/$(1)/gen/main.o build/$(1)/libgen.a
	$$(CC_$(1)) $$(FLAGS_$(1)) $$(LDFLAGS) -o $$@ $$^
build/$(1)/unit: $$(UNIT_SRC:%.c=build/$(1)/%.o) build/$(1)/libgen.a \
                 $$(if $$(filter sim,$$(HAVE_PORTS)),build/$(1)/libaw-sim.a)
	$$(CC_$(1)) $$(FLAGS_$(1)) $$(LDFLAGS) -o $$@ $$^ \
	    $$$$(pkg-config --libs check)
build/$(1)/types: build/$(1)/tests/same/types.o build/$(1)/libgen.a
	$$(CC_$(1)) $$(FLAGS_$(1)) $$(LDFLAGS) -o $$@ $$^
build/$(1)/judge: build/$(1)/tests/typing/judge.o build/$(1)/libgen.a
	$$(CC_$(1)) $$(FLAGS_$(1)) $$(LDFLAGS) -o $$@ $$^
build/$(1)/tests/fuzz/fuzz_compile.o: build/fuzz/header.inc
build/$(1)/fuzz_compile: build/$(1)/tests/fuzz/fuzz_compile.o \
                         build/$(1)/tests/fuzz/mutate.o build/$(1)/libgen.a
	$$(CC_$(1)) $$(FLAGS_$(1)) -fsanitize=fuzzer $$(LDFLAGS) -o $$@ $$^
endef
$(foreach m,$(MODES),$(eval $(call MODE_RULES,$(m))))

# What programs of samples read from a connection.
FUZZ_SERVERS := $(basename $(notdir $(wildcard tests/fuzz/servers/*.aw)))
build/fuzz/servers/%.c: tests/fuzz/servers/%.aw build/release/awaitc
	@mkdir -p $(@D)
	build/release/awaitc --cc=$(CLANG) -Iruntime -MD -o $@ $<
build/fuzz/servers/%: build/fuzz/servers/%.c build/fuzz/libaw.a
	$(CLANG) $(FLAGS_fuzz) -fsanitize=fuzzer -Iruntime \
	    -Isamples/servers/$* -o $@ $< $(wildcard samples/servers/$*/*.c) \
	    build/fuzz/libaw.a -lpthread
.PRECIOUS: build/fuzz/servers/%.c

# <aw.h> as the preprocessor leaves it, a string a line.
build/fuzz/header.inc: $(addprefix runtime/,aw.h aw_gen.h aw_wait_gen.h)
	@mkdir -p $(@D)
	echo '#include <aw.h>' | $(CC) -E -P -Iruntime - | \
	    sed -e 's/[\"]/\&/g' -e 's/.*/"&",/' >$@

# --- samples ----------------------------------------------------------------
$(B)/samples/%.c: samples/%.aw $(B)/awaitc
	@mkdir -p $(@D)
	$(B)/awaitc -Iruntime -MD -o $@ $<
$(B)/samples/%: $(B)/samples/%.c $(B)/libaw.a
	$(CC) $(FLAGS_$(MODE)) $(CFLAGS) -Iruntime -o $@ $^
# A server is a file, or a folder with C of its own.
SERVERS := $(basename $(notdir $(wildcard samples/servers/*.aw))) \
           $(notdir $(patsubst %/,%,$(wildcard samples/servers/*/)))
server_aw = $(firstword $(wildcard samples/servers/$(1).aw \
                                   samples/servers/$(1)/$(1).aw))
.SECONDEXPANSION:
$(B)/samples/servers/%.c: $$(call server_aw,%) $(B)/awaitc
	@mkdir -p $(@D)
	$(B)/awaitc -Iruntime -MD -o $@ $<
$(B)/samples/servers/%: $(B)/samples/servers/%.c \
                        $$(wildcard samples/servers/$$*/*.[ch]) $(B)/libaw.a
	$(CC) $(FLAGS_$(MODE)) $(CFLAGS) -Iruntime -Isamples/servers/$* -o $@ \
	    $(filter-out %.h,$^) -lpthread
samples: $(SAMPLES:%=$(B)/samples/%) $(SERVERS:%=$(B)/samples/servers/%)
.PRECIOUS: $(B)/samples/%.c $(B)/samples/servers/%.c

# The first command of the README: from a bare machine to a running program.
run:
	@tests/install/deps.sh run
	@$(MAKE) --no-print-directory -s -j$(JOBS) $(B)/samples/03_gather
	@echo "$(B)/samples/03_gather:"
	@$(B)/samples/03_gather

# --- tests ------------------------------------------------------------------
HAVE_FUZZ := $(and $(wildcard tests/fuzz/fuzz_compile.c), \
                   $(wildcard gen/lex.h), \
                   $(shell tests/install/deps.sh have fuzz && echo y))
TEST_BUILD_release := all build/release/unit build/asan/unit \
    build/release/types build/release/judge \
    $(if $(HAVE_TOOL),build/asan/awaitc) $(LIBS:%=build/asan/%) \
    $(if $(HAVE_FUZZ),build/fuzz/fuzz_compile \
                      $(FUZZ_SERVERS:%=build/fuzz/servers/%))
TEST_BUILD_asan := $(if $(HAVE_TOOL),build/asan/awaitc) build/asan/unit
TEST_BUILD_cov := all build/cov/unit

# Two makes, because the second looks at what the first one installed.
test:
	@tests/install/deps.sh test
	@$(MAKE) --no-print-directory -s -j$(JOBS) test-build MODE=$(MODE)
	@MODE=$(MODE) JOBS=$(JOBS) tests/all.sh
test-build: $(TEST_BUILD_$(MODE))
unit: $(B)/unit
	$(B)/unit
fuzz: build/fuzz/fuzz_compile build/release/awaitc
	FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run.sh
# The programs of samples, FUZZ_SECONDS for each.
fuzz-servers: $(FUZZ_SERVERS:%=build/fuzz/servers/%)
	FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/servers.sh
# The command line, files and streams at random for that long.
fuzz-tool: build/asan/awaitc
	python3 tests/fuzz/tool.py $< build/fuzz/tool $$(date +%s) 0 $(FUZZ_SECONDS)

bench-deps:
	@tests/install/deps.sh bench
# Against the hand-written C and the peers whose compilers are here.
bench: all
	tests/bench/run.sh
	tests/bench/frames.sh
	tests/bench/try.sh
	tests/bench/net.sh
	tests/bench/redis.sh
	tests/bench/compile.py

# The lines that tests reach, by file.
coverage:
	@$(MAKE) --no-print-directory -s -j$(JOBS) test-build MODE=cov
	@tests/coverage.sh

# Each construct of C under every compiler and option that the tests know.
constructs: all
	CONFIGS_ALL=y tests/same/constructs.sh

# The run cases under valgrind.
valgrind: all
	tests/run/valgrind.sh

# Random programs: CSMITH of them, from seed CSMITH_SEED on.
csmith: all
	CSMITH=$(CSMITH) tests/same/csmith.sh

# Programs of the runtime: all of the model check, thousands at random.
explore: build/release/unit build/asan/unit
	CK_RUN_SUITE=rt_explore EXPLORE_STRIDE=1 EXPLORE_CANCELS=1 \
	    build/release/unit
	CK_RUN_SUITE=rt_explore EXPLORE_STRIDE=7 EXPLORE_CANCELS=2 \
	    build/release/unit
	CK_RUN_SUITE=rt_chaos CHAOS_COUNT=5000 CK_FORK=no build/asan/unit
# Flags set by a thread and a signal handler, a million times each.
flags: all
	FLAG_SETS=1000000 FLAG_SECONDS=600 \
	    tests/run/tsan.sh flag_threads flag_signals

# Random programs and their twins on Python's asyncio: TWINS of them, from
# seed TWINS_SEED on.
twins: all build/asan/libaw-sim.a
	TWINS=$(TWINS) BATCH=50 tests/same/twins.sh

# Every call of the system fails once, in the programs that say so.
faults: all build/asan/libaw.a build/asan/libaw-poll.a
	tests/net/run.sh fd_pairs processes sockets streams

# Random commands to our Redis server and to redis-server: REDIS_ROUNDS of 200,
# from seed REDIS_SEED on.
redis-random: all build/asan/libaw.a
	REDIS_SEED=$${REDIS_SEED:-$$(date +%s)} REDIS_ROUNDS=$(REDIS_ROUNDS) \
	    tests/net/run.sh redis

# Every allocation of every program fails once.
alloc: all build/asan/libaw-sim.a
	ALLOC_ALL=y tests/run/alloc.sh

format-check:
	tests/lint/format.sh
TIDY := clang-tidy --quiet --warnings-as-errors='*'
tidy:
	printf '%s\n' gen/*.c | xargs -P $(JOBS) -I{} $(TIDY) {} -- -std=c11 -I.
	printf '%s\n' runtime/*.c runtime/port/*.c | \
	    xargs -P $(JOBS) -I{} $(TIDY) {} -- -std=c99

# --- installation -----------------------------------------------------------
D := $(DESTDIR)$(PREFIX)
EDITOR_FILES := README.md aw.ctags vscode/package.json \
                vscode/awaitc.tmLanguage.json \
                $(patsubst %,vim/%/awaitc.vim,ftdetect ftplugin indent syntax)
install: all dist
	install -d "$(D)"/bin "$(D)"/include "$(D)"/lib/pkgconfig "$(D)"/lib/cmake/aw \
	    "$(D)"/share/awaitc/src
	install -m 755 $(B)/awaitc "$(D)"/bin/
	install -m 644 $(RT_HEADERS) "$(D)"/include/
	install -m 644 $(LIBS:%=$(B)/%) "$(D)"/lib/
	sed -e 's|@PREFIX@|$(PREFIX)|g' -e 's|@VERSION@|$(VERSION)|g' \
	    runtime/aw.pc.in >"$(D)"/lib/pkgconfig/aw.pc
	install -m 644 runtime/cmake/awConfig.cmake "$(D)"/lib/cmake/aw/
	install -D -m 644 runtime/aw.mk "$(D)"/share/awaitc/aw.mk
	install -m 644 runtime/aw-gdb.py "$(D)"/share/awaitc/
	install -D -m 644 gen/awaitc.1 "$(D)"/share/man/man1/awaitc.1
	install -m 644 build/dist/* "$(D)"/share/awaitc/src/
	for f in $(EDITOR_FILES); do \
	    install -D -m 644 grammar/editors/$$f "$(D)"/share/awaitc/editors/$$f; \
	done
	sed -e 's|@PREFIX@|$(PREFIX)|g' grammar/editors/clangd.in \
	    >"$(D)"/share/awaitc/editors/clangd
	install -m 644 .clang-format "$(D)"/share/awaitc/editors/clang-format

# The runtime as files to copy into a program, and the licence.
dist:
	runtime/amalgamate.sh build/dist $(VERSION)
	cp runtime/LICENSE build/dist/

clean:
	rm -rf build

help:
	@echo 'all (default)  the compiler and the libraries, in $(B)'
	@echo 'run            install what is missing, build, run a sample'
	@echo 'test           install what tests need, run all of them'
	@echo 'unit samples   build and run the unit tests, build the samples'
	@echo 'coverage       the lines that tests reach, by file'
	@echo 'fuzz           FUZZ_SECONDS=3600 make fuzz'
	@echo 'fuzz-tool      the same for the command line'
	@echo 'fuzz-servers   the same for the programs of samples/servers'
	@echo 'bench          speed and frame sizes, beside those of peers'
	@echo 'bench-deps     install the compilers and libraries of the peers'
	@echo 'csmith         CSMITH=2000 CSMITH_SEED=1 make csmith'
	@echo 'valgrind       the run cases under it'
	@echo 'constructs     each construct of C, every compiler and option'
	@echo 'flags          a million wakes from outside, ThreadSanitizer'
	@echo 'explore        the runtime: all of the model check (minutes)'
	@echo 'twins          TWINS=1000 TWINS_SEED=1 make twins'
	@echo 'alloc          each allocation of each program fails once'
	@echo 'faults         each call of the system fails once'
	@echo 'redis-random   REDIS_ROUNDS=500 REDIS_SEED=1 make redis-random'
	@echo 'format-check tidy bootstrap clean'
	@echo 'install        PREFIX=/usr/local DESTDIR='
	@echo 'dist           the runtime in few files, in build/dist'
	@echo 'MODE=release|asan|cov chooses the build tree'

.PHONY: all alloc bench bench-deps bootstrap clean constructs coverage \
        csmith dist explore faults flags format-check fuzz fuzz-servers \
        fuzz-tool help install redis-random run samples test test-build tidy \
        twins unit valgrind
.PRECIOUS: build/%/runtime/net.c
-include $(wildcard build/*/gen/*.d build/*/runtime/*.d \
                    build/*/runtime/port/*.d build/*/tests/*/*.d \
                    build/*/samples/*.d build/fuzz/servers/*.d)
