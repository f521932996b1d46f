package encryption

// Book is what fixtures are held against.
var Book = &book
