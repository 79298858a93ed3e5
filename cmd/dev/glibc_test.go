package main

import "testing"

func TestNewestGlibc(t *testing.T) {
	for name, tt := range map[string]struct {
		listing string
		want    string
	}{
		"numbers are compared, not letters": {"(GLIBC_2.9) fork\n(GLIBC_2.34) pthread_create\n(GLIBC_2.4) x", "2.34"},
		"the third number does not count":   {"(GLIBC_2.2.5) memcpy", "2.2"},
		"a private symbol names no version": {"(GLIBC_PRIVATE) _dl_x", "0.0"},
		"a static program needs none":       {"", "0.0"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := newestGlibc(tt.listing).String(); got != tt.want {
				t.Errorf("newestGlibc = %s; want %s", got, tt.want)
			}
		})
	}
}
