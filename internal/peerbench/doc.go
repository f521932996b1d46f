// Package peerbench compares package network with the libraries that a program might
// use instead, in answers and in time. It is a module of its own, so that wks does not
// require them.
package peerbench
