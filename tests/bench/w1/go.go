// SPDX-License-Identifier: MIT
package main

import (
	"runtime"
	"sync"

	"bench"
)

func main() {
	n := bench.Count(20_000_000)
	begin := bench.Now()
	var all sync.WaitGroup
	var done [2]int

	all.Add(2)
	for i := range done {
		go func(count *int) {
			for left := n / 2; left > 0; left-- {
				runtime.Gosched()
				*count++
			}
			all.Done()
		}(&done[i])
	}
	all.Wait()
	bench.Each("resume", bench.Since(begin), n)
	bench.Expect(done[0] == n/2 && done[1] == n/2)
}
