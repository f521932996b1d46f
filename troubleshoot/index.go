package troubleshoot

import (
	"math"
	"strings"
)

// An index is the words of the symptoms of an edition.
type index struct {
	docs   []doc
	ids    map[string]int // of terms
	terms  []string       // words without their endings
	shown  []string       // a word of each term
	rarity []float64      // of each term: less for what many symptoms have
}

// A doc is the words of a symptom.
type doc struct {
	weight   []float64 // of each term, 0 for one that it does not have
	length   float64   // about 1: more for a symptom of many words
	messages []message
}

// A message is what the product prints, or the title of a symptom.
type message struct {
	terms []int
	mass  float64 // rarity of all terms
	error bool    // it is the name of an error of the API
}

// The weights of words by where they stand.
const (
	ofMessage = 1.0
	ofTitle   = 1.0
	ofWords   = 0.9
	ofCause   = 0.25
)

func newIndex(symptoms []active) *index {
	x := &index{ids: map[string]int{}}
	type text struct {
		text   string
		weight float64
	}
	var all [][]text
	for i := range symptoms {
		r := symptoms[i].row
		list := []text{{r.title, ofTitle}, {r.words, ofWords}, {readable(string(r.key)), ofWords}}
		for _, m := range r.messages {
			list = append(list, text{m, ofMessage})
		}
		for _, c := range symptoms[i].causes {
			list = append(list, text{c.title, ofCause})
		}
		all = append(all, list)
		for _, t := range list {
			for _, w := range words(t.text) {
				x.add(w)
			}
		}
	}
	x.rarity = make([]float64, len(x.terms))
	lengths, sum := make([]float64, len(symptoms)), 0.0
	for i := range symptoms {
		d := doc{weight: make([]float64, len(x.terms))}
		for _, t := range all[i] {
			for _, w := range words(t.text) {
				id := x.ids[stem(w.term)]
				d.weight[id] = max(d.weight[id], t.weight)
			}
		}
		for id, w := range d.weight {
			if w >= ofWords {
				x.rarity[id]++
				lengths[i]++
			}
		}
		sum += lengths[i]
		x.docs = append(x.docs, d)
	}
	for id, n := range x.rarity {
		x.rarity[id] = math.Log(1 + float64(len(symptoms))/max(n, 1))
	}
	for i := range symptoms {
		d := &x.docs[i]
		d.length = 0.75 + 0.25*lengths[i]/max(sum/float64(len(symptoms)), 1)
		for _, m := range symptoms[i].row.messages {
			list := message{error: strings.HasSuffix(m, "Exception")}
			for _, w := range words(m) {
				id := x.ids[stem(w.term)]
				list.terms, list.mass = append(list.terms, id), list.mass+x.rarity[id]
			}
			d.messages = append(d.messages, list)
		}
	}
	return x
}

func (x *index) add(w word) {
	t := stem(w.term)
	if _, ok := x.ids[t]; ok {
		return
	}
	id := len(x.terms)
	x.ids[t] = id
	x.terms, x.shown = append(x.terms, t), append(x.shown, w.term)
}

// A hit is a word of a text that is a term, or like one.
type hit struct {
	word     string // as the text has it
	term     int
	likeness float64 // 1 for the same
}

// A query is what a text has of the terms.
type query struct {
	hits     []hit           // each term once, in the order of the text
	likeness []float64       // of each term
	pairs    map[[2]int]bool // terms that follow one another
}

func (x *index) query(text string) *query {
	q := &query{likeness: make([]float64, len(x.terms)), pairs: map[[2]int]bool{}}
	taken := map[string]hit{} // of words that were looked up
	last := -1
	for _, w := range words(text) {
		h, seen := taken[w.term]
		if !seen {
			h = x.lookUp(w)
			taken[w.term] = h
		}
		if h.likeness == 0 {
			last = -1
			continue
		}
		if last >= 0 {
			q.pairs[[2]int{last, h.term}] = true
		}
		last = h.term
		if q.likeness[h.term] == 0 {
			q.hits = append(q.hits, h)
		}
		q.likeness[h.term] = max(q.likeness[h.term], h.likeness)
	}
	return q
}

// lookUp returns the term that a word is, or is most like. Its likeness is 0 if there is none.
func (x *index) lookUp(w word) hit {
	t := stem(w.term)
	if id, ok := x.ids[t]; ok {
		return hit{w.text, id, 1}
	}
	most := typos(len([]rune(t)))
	best := hit{word: w.text}
	if most == 0 {
		return best
	}
	for id, term := range x.terms {
		if n := distance(t, term, most); n <= most {
			if like := 1 - 0.2*float64(n); like > best.likeness {
				best.term, best.likeness = id, like
			}
		}
	}
	return best
}

// typos is how many wrong letters a word of a length may have.
func typos(letters int) int {
	switch {
	case letters < 5:
		return 0
	case letters < 9:
		return 1
	}
	return 2
}

// distance is how many letters of a have to be added, left out, replaced or exchanged with their neighbour to get b: most + 1
// if it is more than most.
func distance(a, b string, most int) int {
	s, t := []rune(a), []rune(b)
	if len(s)-len(t) > most || len(t)-len(s) > most {
		return most + 1
	}
	before, row, next := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(s); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			n := min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				n = min(n, before[j-2]+1)
			}
			next[j], least = n, min(least, n)
		}
		if least > most {
			return most + 1
		}
		before, row, next = row, next, before
	}
	return min(row[len(t)], most+1)
}
