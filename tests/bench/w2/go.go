// SPDX-License-Identifier: MIT
package main

import (
	"os"
	"runtime"

	"bench"
)

// Any function of Go may suspend: the call is a plain one.
var never = len(os.Args) > 1

//go:noinline
func child(x uint32) uint32 {
	if never {
		runtime.Gosched()
	}
	return x + 1
}

func main() {
	n := bench.Count(100_000_000)
	begin := bench.Now()
	sum := 0

	for i := 0; i < n; i++ {
		sum += int(child(uint32(i)))
	}
	bench.Each("call", bench.Since(begin), n)
	bench.Expect(sum == n*(n+1)/2)
}
