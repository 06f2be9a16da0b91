// SPDX-License-Identifier: MIT
package main

import (
	"fmt"
	"runtime"

	"bench"
)

var (
	n    = bench.Count(4_000_000)
	took bench.Took
)

//go:noinline
func chain(depth int) int {
	if depth > 1 {
		return chain(depth-1) + 1
	}
	begin := bench.Now()
	for i := 0; i < n; i++ {
		runtime.Gosched()
	}
	took = bench.Since(begin)
	return 1
}

func main() {
	for _, depth := range []int{1, 10, 100, 1000} {
		result := make(chan int)
		go func() { result <- chain(depth) }()
		bench.Expect(<-result == depth)
		bench.Each(fmt.Sprintf("depth-%d", depth), took, n)
	}
}
