package troubleshoot

// Book is the book of the package, for tests.
var Book = &book
