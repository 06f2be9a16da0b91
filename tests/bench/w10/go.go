// SPDX-License-Identifier: MIT
package main

import (
	"sync"

	"bench"
)

func node(number, leaves int, sum *int, all *sync.WaitGroup) {
	defer all.Done()
	if leaves == 1 {
		*sum = number
		return
	}
	var results [10]int
	var inner sync.WaitGroup
	part := leaves / 10

	inner.Add(10)
	for i := range results {
		go node(number+i*part, part, &results[i], &inner)
	}
	inner.Wait()
	for _, x := range results {
		*sum += x
	}
}

func main() {
	before := bench.Peak()
	n := bench.Count(1_000_000)
	begin := bench.Now()
	sum := 0
	var all sync.WaitGroup

	all.Add(1)
	go node(0, n, &sum, &all)
	all.Wait()
	bench.Each("leaf", bench.Since(begin), n)
	bench.Bytes(before, n)
	bench.Expect(sum == n*(n-1)/2)
}
