// SPDX-License-Identifier: MIT
package main

import (
	"sync"
	"sync/atomic"

	"bench"
)

var sum int64

func atOnce(n int) {
	var all sync.WaitGroup

	all.Add(n)
	for i := 0; i < n; i++ {
		go func(x int) {
			atomic.AddInt64(&sum, int64(x))
			all.Done()
		}(i)
	}
	all.Wait()
}

func inTurn(n int) {
	var one sync.WaitGroup

	for i := 0; i < n; i++ {
		one.Add(1)
		go func(x int) {
			atomic.AddInt64(&sum, int64(x))
			one.Done()
		}(i)
		one.Wait()
	}
}

func main() {
	before := bench.Peak()
	n := bench.Count(1_000_000)
	begin := bench.Now()
	atOnce(n)
	bench.Each("at-once", bench.Since(begin), n)
	bench.Bytes(before, n)
	begin = bench.Now()
	inTurn(n)
	bench.Each("in-turn", bench.Since(begin), n)
	bench.Expect(sum == int64(n*(n-1)))
}
