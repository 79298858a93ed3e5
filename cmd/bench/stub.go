package main

import "context"

func measureGrid(context.Context, func(line)) error  { return nil }
func measureStart(context.Context, func(line)) error { return nil }
