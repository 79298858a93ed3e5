// Command uchitelskaya is the school journal on a staff-room PC: a window, a
// local journal that never waits for the network, and the exchange with the
// school server behind it.
//
//	uchitelskaya                     open the window
//	uchitelskaya -data DIR           with the journal of another folder
//	uchitelskaya enrol CODE          make this PC one of the school, without a window
//	uchitelskaya sync                send and fetch once, without a window
//	uchitelskaya parcel out PATH     write what waits on a stick: a folder, or the name of a file
//	uchitelskaya parcel in PATH      take what the school has answered on it
//	uchitelskaya print -class 7-А    write the year's journal of a class as PDF
//	uchitelskaya import FILE …       show what files of other programs would change
//	uchitelskaya verify              check the journal file and every record in it
//	uchitelskaya demo -dir DIR       make an invented school to try things on
//	uchitelskaya version
//
// The journal lies in one folder per machine, shared by all who use the PC:
// UCHITELSKAYA_DATA, else ProgramData\Uchitelskaya or /var/lib/uchitelskaya.
package main
