// Package tree is the hash tree over the log of a volume: what lets a PC prove
// that a server has neither dropped, nor moved, nor changed anything it once
// showed. It is the tree of RFC 6962, as golang.org/x/mod/sumdb/tlog builds it:
// the leaf of a place is made from the hash of the commit's bytes.
//
//	edge.go   the right edge of a tree: enough to extend it and to know its root
//	head.go   size and root, signed by the server (golang.org/x/mod/sumdb/note)
//	known.go  what a PC knows of a tree, and how a later head is held against it
//	back.go   entries of a former log, each with its proof
package tree
