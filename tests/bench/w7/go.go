// SPDX-License-Identifier: MIT
package main

import (
	"sync"
	"sync/atomic"
	"time"

	"bench"
)

// Behind a delay that adding and taking off fits in; waiting costs no
// processor time.
func measure(name string, n int, delay time.Duration) {
	begin := bench.Now()
	seed, spread := uint64(1), uint64(bench.Count(1000))
	timers := make([]*time.Timer, n)
	fired, stopped := int64(0), int64(0)
	var all sync.WaitGroup

	all.Add(n)
	for i := range timers {
		ms := time.Duration(1 + bench.Random(&seed)%spread)
		timers[i] = time.AfterFunc(delay+ms*time.Millisecond, func() {
			atomic.AddInt64(&fired, 1)
			all.Done()
		})
	}
	for i := 0; i < n; i += 2 {
		if timers[i].Stop() {
			stopped++
			all.Done()
		}
	}
	all.Wait()
	bench.Each(name, bench.Since(begin), 2*n)
	bench.Expect(fired+stopped == int64(n))
}

func main() {
	measure("10-k", bench.Count(10_000), 100*time.Millisecond)
	measure("1-m", bench.Count(1_000_000), time.Duration(bench.Count(3000))*time.Millisecond)
}
