package main

import (
	"context"
	"fmt"
	"io"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
)

// parcel carries the exchange on a stick, where there is no network.
func parcel(ctx context.Context, out io.Writer, args []string) error {
	ways := map[string]func(context.Context, *client.Client, io.Writer, string) error{"out": parcelOut, "in": parcelIn}
	if len(args) == 0 || ways[args[0]] == nil {
		return fault.New(fault.Invalid, "Напишите parcel out и папку флешки, чтобы записать, или parcel in, чтобы загрузить с неё.")
	}
	f, dir := flags("parcel " + args[0])
	if err := f.Parse(args[1:]); err != nil {
		return err
	}
	if f.NArg() != 1 {
		return fault.New(fault.Invalid, "Назовите папку флешки или файл.")
	}
	return headless(ctx, *dir, func(p *pc) error { return ways[args[0]](ctx, p.client, out, f.Arg(0)) })
}

func parcelOut(ctx context.Context, c *client.Client, out io.Writer, path string) error {
	list, err := c.WriteParcels(ctx, path, client.FullParcel)
	for _, p := range list {
		fmt.Fprintf(out, "Записей для школы: %d. Передайте администратору файл: %s\n", p.Commits, p.Path)
	}
	return err
}

func parcelIn(ctx context.Context, c *client.Client, out io.Writer, path string) error {
	u, err := c.ReadParcels(ctx, path)
	if u.Files > 0 || err == nil {
		fmt.Fprintf(out, "Принято в школе: %d. Ждут завуча: %d. Отклонены: %d. Новых записей: %d.\n", u.Accepted, u.Requested, u.Refused, u.Entries)
	}
	if u.Restored {
		fmt.Fprintln(out, "Школьный сервер восстановлен из копии. Запишите для школы ещё один файл: в нём будет то, чего в копии нет.")
	}
	return err
}
