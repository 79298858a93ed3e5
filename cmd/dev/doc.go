// Dev is what a contributor runs. It uses the standard library only, so it
// starts on a bare Go toolchain and installs everything else by itself.
//
//	go run ./cmd/dev setup [-n] [gl|test|lint|package]   install what is missing
//	go run ./cmd/dev run                                 build, make a demo school, start server and program
//	go run ./cmd/dev demo [-school city] [-dir DIR]      make a demo school only
//	go run ./cmd/dev test [-short] [packages]            all the tests
//	go run ./cmd/dev lint                                the rules of the code, and that Windows compiles
//	go run ./cmd/dev simulate [-seed N] [-for 10m]       the simulated school: one seed, or many
//	go run ./cmd/dev bench [group ...]                   measurements, one JSON line each
//	go run ./cmd/dev package                             archives for schools in dist/
//
// What dev says itself goes to the standard error; the standard output belongs
// to the tools that it runs, so "dev bench" can be piped.
//
// Tools have pinned versions and run through "go run module@version": go.mod
// keeps to what the programs need. See tools.go.
package main
