module github.com/wksgo/wks/internal/peerbench

go 1.26.0

require (
	github.com/gaissmai/bart v0.30.0
	github.com/wksgo/wks v0.0.0
	go4.org/netipx v0.0.0-20260823151212-3075585bcbeb
)

require pgregory.net/rapid v1.3.0 // indirect

replace github.com/wksgo/wks => ../..
