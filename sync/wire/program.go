package wire

import (
	"net/http"
	"strconv"

	"uchitelskaya/app/journal/fault"
)

// Program is which program this is; the number grows when a later one can do
// what an earlier one cannot follow. Least is the first that is still served.
const (
	Program = 1
	Least   = 1
)

// headerProgram names the program of the PC with every request.
const headerProgram = "Uchitelskaya-Program"

// Say puts this program's number on a request.
func Say(h http.Header) { h.Set(headerProgram, strconv.Itoa(Program)) }

// Said is the number on a request, 1 where there is none.
func Said(h http.Header) int {
	if n, err := strconv.ParseUint(h.Get(headerProgram), 10, 31); err == nil {
		return int(n)
	}
	return 1
}

// ErrOld is the answer to a program that is served no more.
var ErrOld = fault.New(fault.Outdated, "Программа на этом компьютере устарела, и школьный сервер с ней больше не работает. "+
	"Записанное цело и будет передано после обновления. Обновите программу или попросите администратора.")

// ErrOldServer says that a server does not know what this program has written.
var ErrOldServer = fault.New(fault.Outdated, "Программа на школьном сервере старее, чем на этом компьютере. "+
	"Записанное цело и будет передано, когда её обновят. Сообщите администратору школы.")
