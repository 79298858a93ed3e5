// Package rebuild says what the journals of several PCs know together of a
// school whose server is dead. It is pure: values in, values out.
//
//	journal.go  what one journal knows
//	merge.go    several of them → one log for every volume, and what stands in none
//	trunk.go    which log of the last server counts
//	epoch.go    which of several servers was the last one
//
// The longest log of the last server is the trunk; its places keep their
// numbers, so that its tree has the root that the server once signed. Shorter
// logs are beginnings of it. What only others have is added after it: a commit
// that any server of the school had taken is never dropped, nor judged anew. Where
// its number was given again, it comes under one of its own ([commit.Stray]).
//
// Heads prove the trunk, and the logs of former servers of which journals keep
// them. What stands behind them rests on the files alone: it gives nobody access
// (see sync/server, Remake), and which server was the last one nobody can prove, so
// journals are taken from PCs that the administrator trusts.
package rebuild
