// SPDX-License-Identifier: MIT
package main

import (
	"sync"
	"sync/atomic"
	"time"

	"bench"
)

func main() {
	before := bench.Peak()
	begin := bench.Now()
	n := bench.Count(1_000_000)
	least, spread := bench.Count(500), uint64(bench.Count(1000))
	seed := uint64(1)
	woken := int64(0)
	var all sync.WaitGroup

	all.Add(n)
	for i := 0; i < n; i++ {
		ms := least + int(bench.Random(&seed)%spread)
		go func() {
			time.Sleep(time.Duration(ms) * time.Millisecond)
			atomic.AddInt64(&woken, 1)
			all.Done()
		}()
	}
	all.Wait()
	bench.Each("sleep", bench.Since(begin), n)
	bench.Bytes(before, n)
	bench.Expect(woken == int64(n))
}
