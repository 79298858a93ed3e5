// Package client is the desktop's side of the exchange with the school server:
// push what waits, pull what is new, wait for news, and try again later.
package client
