// Package printtest makes invented classes for the tests and benchmarks of
// printing: the same arguments always give the same class.
package printtest
