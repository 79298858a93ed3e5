// Package windowtest plays a teacher's day in the real program: real windows, a
// real server process, real journal files, and nothing but key presses in the
// Russian layout. What came of them is read in the files, beside the program.
//
// The tests need displays of their own, the programs in a folder and the build
// tag "window"; "go run ./cmd/dev test" provides all three:
//
//	UCHITELSKAYA_DISPLAYS   two X displays with a window manager, ":5 :6"
//	UCHITELSKAYA_BIN        folder of uchitelskaya and uchitelskaya-server
//	UCHITELSKAYA_PICTURES   where to keep pictures of the windows; without it
//	                        they are kept in a folder that the test names, and
//	                        only when it fails
package windowtest
