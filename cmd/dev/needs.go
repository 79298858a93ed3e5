package main

import (
	"os/exec"
	"path/filepath"
)

// A need is something that Go does not bring: how to see that it is there and
// which package brings it.
type need struct {
	program string   // found in PATH, or
	files   []string // any one of these patterns matches a file
	deb     string   // package for apt-get of Debian, Astra, Ubuntu
	alt     string   // package for apt-get of ALT (rpm inside)
	dnf     string   // package for dnf of RED OS, ROSA, Fedora
}

// here tells whether the need is met.
func (n need) here() bool {
	if n.program != "" {
		_, err := exec.LookPath(n.program)
		return err == nil
	}
	for _, pattern := range n.files {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return true
		}
	}
	return false
}

// name is how the need is called in a message.
func (n need) name() string {
	if n.program != "" {
		return n.program
	}
	return filepath.Base(n.files[0])
}

// header is a C header, in the folder of one architecture or of all.
func header(path, deb, alt, dnf string) need {
	return need{files: []string{"/usr/include/" + path, "/usr/include/*-linux-gnu*/" + path}, deb: deb, alt: alt, dnf: dnf}
}

// groupNames is the order in which setup takes the groups.
var groupNames = []string{"gl", "test", "lint", "package"}

// groups say what each kind of work needs. The lists hold only what is really
// called: the C compiler and headers of Fyne's X11 driver, a display without a
// screen and what drives it, the readers of the PDF that the tests print, and PostgreSQL.
var groups = map[string][]need{
	"gl": {
		{program: "gcc", deb: "gcc", alt: "gcc", dnf: "gcc"},
		header("stdlib.h", "libc6-dev", "glibc-devel", "glibc-devel"),
		{program: "pkg-config", deb: "pkg-config", alt: "pkg-config", dnf: "pkgconf-pkg-config"},
		header("GL/gl.h", "libgl1-mesa-dev", "libGL-devel", "mesa-libGL-devel"),
		header("X11/Xlib.h", "libx11-dev", "libX11-devel", "libX11-devel"),
		header("X11/Xcursor/Xcursor.h", "libxcursor-dev", "libXcursor-devel", "libXcursor-devel"),
		header("X11/extensions/Xrandr.h", "libxrandr-dev", "libXrandr-devel", "libXrandr-devel"),
		header("X11/extensions/Xinerama.h", "libxinerama-dev", "libXinerama-devel", "libXinerama-devel"),
		header("X11/extensions/XInput2.h", "libxi-dev", "libXi-devel", "libXi-devel"),
		header("X11/extensions/xf86vmode.h", "libxxf86vm-dev", "libXxf86vm-devel", "libXxf86vm-devel"),
	},
	"test": {
		{program: "Xvfb", deb: "xvfb", alt: "xorg-xvfb", dnf: "xorg-x11-server-Xvfb"},
		{
			files: []string{"/usr/lib/*/dri/swrast_dri.so", "/usr/lib*/dri/swrast_dri.so", "/usr/lib*/X11/modules/dri/swrast_dri.so"},
			deb:   "libgl1-mesa-dri", alt: "xorg-dri-swrast", dnf: "mesa-dri-drivers",
		},
		{program: "openbox", deb: "openbox", alt: "openbox", dnf: "openbox"},
		{program: "xdotool", deb: "xdotool", alt: "xdotool", dnf: "xdotool"},
		{program: "setxkbmap", deb: "x11-xkb-utils", alt: "setxkbmap", dnf: "setxkbmap"},
		{program: "xprop", deb: "x11-utils", alt: "xprop", dnf: "xprop"},
		{program: "xset", deb: "x11-xserver-utils", alt: "xset", dnf: "xset"},
		{program: "import", deb: "imagemagick", alt: "ImageMagick-tools", dnf: "ImageMagick"},
		{program: "xclip", deb: "xclip", alt: "xclip", dnf: "xclip"},
		{program: "pdftotext", deb: "poppler-utils", alt: "poppler", dnf: "poppler-utils"},
		{program: "qpdf", deb: "qpdf", alt: "qpdf", dnf: "qpdf"},
		{ // the server's programs; the tests start it in a folder of their own
			files: []string{"/usr/lib/postgresql/*/bin/initdb", "/usr/pgsql-*/bin/initdb", "/usr/bin/initdb"},
			deb:   "postgresql", alt: "postgresql15-server", dnf: "postgresql-server",
		},
	},
	"lint": {}, // nothing but Go: the tools are built without a C compiler
	"package": {
		{program: "objdump", deb: "binutils", alt: "binutils", dnf: "binutils"},
		{program: "xz", deb: "xz-utils", alt: "xz", dnf: "xz"},
	},
}
