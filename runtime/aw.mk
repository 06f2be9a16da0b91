# SPDX-License-Identifier: 0BSD
# Rules of make for .aw files. In a Makefile, before or after its own rules:
#
#     include $(shell pkg-config --variable=mk aw)
#     shop: main.o shop.o
#     main.c: shop.aw.h
#
# x.o is made of x.aw by way of x.c, with the CPPFLAGS of the Makefile, and
# programs are linked with the library. The same run writes x.aw.h, the frames
# of x.aw, for the files that include it: a rule such as the last one above
# says which, so that it is there the first time. Changed headers count, since
# awaitc says in x.aw.d what it has read. AWFLAGS are options of awaitc alone.
AW_PREFIX := $(patsubst %/share/awaitc/,%,$(dir $(lastword $(MAKEFILE_LIST))))
AWAITC ?= $(AW_PREFIX)/bin/awaitc
AWFLAGS ?=
AW_CPPFLAGS := -I$(AW_PREFIX)/include
AW_LDLIBS := $(AW_PREFIX)/lib/libaw.a

%.c %.aw.h: %.aw
	$(AWAITC) --cc='$(CC)' $(AW_CPPFLAGS) $(CPPFLAGS) $(AWFLAGS) -MD -MP \
	    -MF $*.aw.d -H $*.aw.h -o $*.c $<
%.o: %.c
	$(CC) $(AW_CPPFLAGS) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<
%: %.o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(AW_LDLIBS)

.SECONDARY:
-include $(wildcard *.aw.d)
