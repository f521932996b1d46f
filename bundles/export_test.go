package bundles

// Book is what the package declares, for its tests.
var Book = &book
