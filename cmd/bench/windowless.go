//go:build !linux || !cgo || ci

package main

// windowGroups are none where no window can be opened.
var windowGroups []group
