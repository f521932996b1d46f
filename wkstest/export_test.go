package wkstest

// ModelErrors lets tests compare the table with the SDK.
var ModelErrors = modelErrors
