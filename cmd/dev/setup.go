package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

// setup installs what the named groups need, or all of them.
func setup(ctx context.Context, t tree, args []string) error {
	flags := flag.NewFlagSet("setup", flag.ContinueOnError)
	dry := flags.Bool("n", false, "only say what would be installed")
	if err := parse(flags, args); err != nil {
		return err
	}
	wanted := flags.Args()
	if len(wanted) == 0 {
		wanted = groupNames
	}
	for _, g := range wanted {
		if _, ok := groups[g]; !ok {
			return fmt.Errorf("no group %q, there are %s; %w", g, strings.Join(groupNames, ", "), errUsage)
		}
	}
	if len(missing(wanted)) == 0 {
		say("nothing is missing for %s", strings.Join(wanted, ", "))
		return nil
	}
	return t.provide(ctx, *dry, wanted...)
}

// provide installs what is missing in the groups. It is silent and quick when
// nothing is. With dry it only says what it would do.
func (t tree) provide(ctx context.Context, dry bool, wanted ...string) error {
	lacks := missing(wanted)
	if len(lacks) == 0 {
		return nil
	}
	var names []string
	for _, n := range lacks {
		names = append(names, n.name())
	}
	say("missing: %s", strings.Join(names, ", "))
	m, err := findManager()
	if err != nil {
		return err
	}
	var packages []string
	for _, n := range lacks {
		packages = append(packages, m.pkg(n))
	}
	slices.Sort(packages)
	packages = slices.Compact(packages)
	if dry {
		say("would install with %s: %s", m.name, strings.Join(packages, " "))
		return nil
	}
	if err := m.install(ctx, t, packages); err != nil {
		return err
	}
	if still := missing(wanted); len(still) > 0 {
		return fmt.Errorf("%s was installed, yet %s is still missing", m.pkg(still[0]), still[0].name())
	}
	return nil
}

// missing lists the needs of the groups that are not met, without doubles.
// Outside Linux dev knows no package manager and trusts the contributor.
func missing(wanted []string) []need {
	var list []need
	if runtime.GOOS != "linux" {
		return list
	}
	for _, g := range wanted {
		for _, n := range groups[g] {
			if !n.here() {
				list = append(list, n)
			}
		}
	}
	return list
}

// A manager is the package manager of one family of Linux systems.
type manager struct {
	name    string
	update  []string // nil when install refreshes its lists itself
	command []string // packages follow
	pkg     func(need) string
}

func findManager() (manager, error) {
	has := func(name string) bool { _, err := exec.LookPath(name); return err == nil }
	switch {
	case has("apt-get") && !has("dpkg") && has("rpm"): // ALT: apt over rpm
		return manager{
			"apt-rpm",
			[]string{"apt-get", "update"},
			[]string{"apt-get", "install", "-y"},
			func(n need) string { return n.alt },
		}, nil
	case has("apt-get"):
		return manager{
			"apt-get",
			[]string{"apt-get", "update", "-q"},
			[]string{"apt-get", "install", "-y", "-q", "--no-install-recommends"},
			func(n need) string { return n.deb },
		}, nil
	case has("dnf"):
		return manager{"dnf", nil, []string{"dnf", "install", "-y"}, func(n need) string { return n.dnf }}, nil
	}
	return manager{}, errors.New("found neither apt-get nor dnf: install the missing by hand and run again")
}

// install installs packages as root: directly, or through sudo.
func (m manager) install(ctx context.Context, t tree, packages []string) error {
	say("installing with %s: %s", m.name, strings.Join(packages, " "))
	if m.update != nil {
		// Stale lists are no reason to stop: the packages may still be there.
		if err := t.asRoot(ctx, m.update); err != nil {
			say("%v; going on with the package lists that are here", err)
		}
	}
	return t.asRoot(ctx, append(slices.Clone(m.command), packages...))
}

func (t tree) asRoot(ctx context.Context, command []string) error {
	env := []string{"DEBIAN_FRONTEND=noninteractive"} // apt asks no questions
	if os.Geteuid() != 0 {
		if _, err := exec.LookPath("sudo"); err != nil {
			return fmt.Errorf("run as root: %s", strings.Join(command, " "))
		}
		command = slices.Concat([]string{"sudo"}, env, command)
	}
	say("$ %s", strings.Join(command, " "))
	cmd := t.child(ctx, env, command[0], command[1:]...)
	cmd.Stdout = os.Stderr // the standard output belongs to the tools that were asked for
	cmd.Stdin = os.Stdin   // sudo may ask for a password
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(command, " "), err)
	}
	return nil
}
