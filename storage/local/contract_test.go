package local_test

import (
	"uchitelskaya/app/desk"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
)

// The journal is what the desk and the sync client ask for.
var (
	_ desk.Book      = (*local.Journal)(nil)
	_ client.Journal = (*local.Journal)(nil)
)
