// SPDX-License-Identifier: MIT

// Package bench is what bench.h is for C. The programs have one processor, as
// those in other languages use one.
package bench

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func init() {
	runtime.GOMAXPROCS(1)
}

// Time has the processor's time for this process, and a moment.
type Time struct {
	cpu  time.Duration
	wall time.Time
}

func Now() Time {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	cpu := time.Duration(u.Utime.Nano() + u.Stime.Nano())
	return Time{cpu, time.Now()}
}

// Took is how long something took.
type Took struct {
	cpu, wall time.Duration
}

func Since(begin Time) Took {
	t := Now()
	return Took{t.cpu - begin.cpu, t.wall.Sub(begin.wall)}
}

// Count is n, or n / $BENCH_PART and at least one, to try a program only.
func Count(n int) int {
	if part, err := strconv.Atoi(os.Getenv("BENCH_PART")); err == nil {
		n /= part
	}
	if n < 1 {
		n = 1
	}
	return n
}

// Peak is the most bytes this process ever had resident (Linux).
func Peak() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	kib, _ := strconv.ParseFloat(strings.Fields(line)[0], 64)
	return kib * 1024
}

// Random is xorshift: the same sequence in every program.
func Random(state *uint64) uint64 {
	*state ^= *state << 13
	*state ^= *state >> 7
	*state ^= *state << 17
	return *state
}

// Each prints what each of n operations took.
func Each(metric string, took Took, n int) {
	fmt.Printf("%s %.4g ns %.4g\n", metric, float64(took.cpu)/float64(n),
		float64(took.wall)/float64(n))
}

// Bytes prints what each of n tasks added to the peak.
func Bytes(before float64, n int) {
	fmt.Printf("bytes %.4g B\n", (Peak()-before)/float64(n))
}

func Expect(right bool) {
	if !right {
		fmt.Println("wrong result")
		os.Exit(1)
	}
}
