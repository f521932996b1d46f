package migrate

// Book is what fixtures are held against.
var Book = &book
