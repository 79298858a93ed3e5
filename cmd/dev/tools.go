package main

// Tools, each at the version that everybody uses. Raise them in a commit of
// their own.
const (
	gofumpt     = "mvdan.cc/gofumpt@v0.12.0"
	goimports   = "golang.org/x/tools/cmd/goimports@v0.52.0"
	golangci    = "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0"
	govulncheck = "golang.org/x/vuln/cmd/govulncheck@v1.9.0"
	fyne        = "fyne.io/tools/cmd/fyne@v1.7.4"
)

// pure makes Go programs without a C compiler.
const pure = "CGO_ENABLED=0"
