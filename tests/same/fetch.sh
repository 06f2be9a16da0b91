#!/bin/sh
# SPDX-License-Identifier: MIT
# Real C to read: sources of Debian packages, unpacked under build/real/src.
# Needs no root and leaves apt's own lists alone. Exit status 1 when they
# cannot be had (no network, no apt); what was fetched once is kept.
packages='zlib lua5.4 bzip2 lz4 libzstd mbedtls libuv1'
here=build/real
[ -f $here/complete ] && exit 0
command -v apt-get >/dev/null || exit 1
mkdir -p $here/lists/partial $here/cache $here/src
here=$(cd $here && pwd)

suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
mirror=$(grep -rhoE 'https?://[^ ]*/debian/?( |$)' /etc/apt/sources.list \
    /etc/apt/sources.list.d 2>/dev/null | head -n 1)
[ "$mirror" ] || mirror=http://deb.debian.org/debian
echo "deb-src $mirror ${suite:-bookworm} main" \
    >"$here/sources.list"

apt()
{
    timeout 120 apt-get -q -o Dir::Etc::sourcelist="$here/sources.list" \
        -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$here/lists" \
        -o Dir::Cache="$here/cache" -o Acquire::Retries=1 \
        -o Acquire::http::Timeout=20 "$@"
}

cd "$here" || exit 1
# shellcheck disable=SC2086 # a list of words
apt update >log 2>&1 && apt source -d $packages >>log 2>&1 || exit 1
for tarball in *.orig.tar.gz *.orig.tar.bz2 *.orig.tar.xz; do
    [ -f "$tarball" ] || continue
    tar -xf "$tarball" -C src || exit 1
done
: >complete
