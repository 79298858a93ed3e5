// Package central is what the school server keeps: the log of every volume, the
// commits that were not accepted, signatures, the merge state of every entity,
// and accounts. [Store] says what any engine must hold; centraltest checks it.
//
// Rows carry the school, so that one database may serve many schools. What the
// server judged becomes durable whole or not at all, and only while nobody else
// wrote meanwhile: any number of servers may stand over one database.
package central
