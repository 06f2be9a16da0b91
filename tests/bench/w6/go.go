// SPDX-License-Identifier: MIT
package main

import (
	"fmt"
	"runtime"
	"sync"

	"bench"
)

func roundOf(n int) (sum int) {
	results := make([]int, n)
	var all sync.WaitGroup

	all.Add(n)
	for i := range results {
		go func(x int) {
			runtime.Gosched()
			results[x] = x
			all.Done()
		}(i)
	}
	all.Wait()
	for _, x := range results {
		sum += x
	}
	return sum
}

func main() {
	for _, n := range []int{10, 1000, 100000} {
		rounds := bench.Count(2_000_000 / n)
		begin := bench.Now()
		sum := 0
		for r := 0; r < rounds; r++ {
			sum += roundOf(n)
		}
		bench.Expect(sum == rounds*(n*(n-1)/2))
		bench.Each(fmt.Sprintf("n-%d", n), bench.Since(begin), n*rounds)
	}
}
