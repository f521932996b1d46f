// Admission is an HTTP handler that tells whether Amazon WorkSpaces would take a request, before anybody sends it: for
// a portal, a chat bot, or a step of a pipeline.
//
//	go run ./examples/admission &
//	curl -d @request.json http://127.0.0.1:8080/eu-west-1/CreateWorkspaces
//
// The body is what `aws workspaces create-workspaces --cli-input-json` takes. The path names Region and operation.
package main

import (
	"encoding/json"
	"log"
	"net/http"

	"github.com/wksgo/wks"
)

// largest is the most that is read of a request.
const largest = 1 << 20

func main() { log.Fatal(http.ListenAndServe("127.0.0.1:8080", handler())) }

func handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{region}/{operation}", admit)
	return mux
}

// admit answers with status 200 if no rule is broken that must not be, 403 if one is, and 400 if the body is
// no such request: a member that the operation does not have is refused, and not dropped. The answer has
// all that is wrong and all that is open.
func admit(w http.ResponseWriter, r *http.Request) {
	request, err := wks.Decode(r.PathValue("operation"), http.MaxBytesReader(w, r.Body, largest))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer, err := wks.Check(request, wks.Region(r.PathValue("region")))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if answer.Err() != nil { // what no document decides is admitted here
		w.WriteHeader(http.StatusForbidden)
	}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		log.Print(err)
	}
}
