package main

import (
	"context"

	"uchitelskaya/app/screens"
	"uchitelskaya/sync/client"
)

// A stick carries the exchange as files for the window, as the subcommand parcel
// does without one.
type stick struct{ client *client.Client }

var _ screens.Stick = stick{}

// Write implements [screens.Stick].
func (s stick) Write(ctx context.Context, dir string) (w screens.Written, err error) {
	list, err := s.client.WriteParcels(ctx, dir, client.FullParcel)
	for _, p := range list {
		w.Files = append(w.Files, p.Path)
		w.Entries += p.Commits
	}
	return w, err
}

// Read implements [screens.Stick].
func (s stick) Read(ctx context.Context, dir string) (screens.Brought, error) {
	u, err := s.client.ReadParcels(ctx, dir)
	return screens.Brought{Files: u.Files, Accepted: u.Accepted, Requested: u.Requested, Refused: u.Refused, News: u.Entries, Restored: u.Restored}, err
}
