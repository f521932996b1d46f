package troubleshoot

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/wksgo/wks/rule"
)

// A Match is a symptom that a text may mean.
type Match struct {
	Symptom Symptom `json:"symptom"`
	// Score orders the matches of one text. It grows with the words that the text and the symptom share, and a rare word
	// counts more than a common one. It has no unit, and is not a probability.
	Score float64 `json:"score"`
	// Sure is set if the text has a message or an error of the symptom nearly in full, or the symptom is far
	// ahead of all others.
	Sure bool `json:"sure"`
	// Why are the words of the text that count, the weightiest first. After an arrow stands the word that they were taken for.
	Why []string `json:"why"`
}

const (
	// longestText is the greatest length of a text in bytes: enough for a message, and not for a log.
	longestText = 4096
	// mostMatches is how many matches there are at most.
	mostMatches = 5
	// leastScore is the score of a match at least. Texts share a few common words with any symptom by chance.
	leastScore = 4.0
	// leastShare is the part of the best score that another match has at least.
	leastShare = 0.35
	// ofErrorName is how many times the name of an error of the API counts.
	ofErrorName = 3
	// mostWhy is how many words tell why.
	mostWhy = 6
)

// Find returns the symptoms that a text may mean, the best first, at most five. Upper and lower case, typos and other
// words in the text do not matter. No match is no error. The work grows as the text times the symptoms.
//
// The error is a *rule.InputError for a text of more than 4,096 bytes.
func (r Rules) Find(text string) ([]Match, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	if len(text) > longestText {
		return nil, &rule.InputError{Path: "Text", Value: text, Reason: fmt.Sprintf("has %d bytes, more than the %d of a message", len(text), longestText)}
	}
	x := r.s.index()
	q := x.query(text)
	scores := x.scores(q)
	order := make([]int, 0, len(scores))
	for i := range scores {
		if scores[i].total >= leastScore {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b].total, scores[a].total) })
	var list []Match
	for n, i := range order {
		if n == mostMatches || scores[i].total < leastShare*scores[order[0]].total {
			break
		}
		ahead := n == 0 && scores[i].total >= 2*leastScore && (len(order) == 1 || scores[order[1]].total < 0.6*scores[i].total)
		list = append(list, Match{
			Symptom: r.s.symptoms[i].exported(), Score: math.Round(scores[i].total*100) / 100, Sure: scores[i].covered >= 0.8 || ahead, Why: x.why(i, q),
		})
	}
	return list, nil
}

// A score is what a text and a symptom have in common.
type score struct {
	total   float64
	covered float64 // the greatest part of a message that the text has
}

// scores returns the score of each symptom.
func (x *index) scores(q *query) []score {
	scores := make([]score, len(x.docs))
	for i := range x.docs {
		d := &x.docs[i]
		s := &scores[i]
		for _, h := range q.hits {
			s.total += x.rarity[h.term] * h.likeness * d.weight[h.term]
		}
		s.total /= d.length
		var best float64
		for _, m := range d.messages {
			mass, pairs := 0.0, 0.0
			for j, t := range m.terms {
				mass += x.rarity[t] * q.likeness[t]
				if j > 0 && q.pairs[[2]int{m.terms[j-1], t}] {
					pairs += (x.rarity[m.terms[j-1]] + x.rarity[t]) / 2
				}
			}
			if m.mass == 0 {
				continue
			}
			covered := mass / m.mass
			s.covered = max(s.covered, covered)
			worth := covered*mass + pairs/2
			if m.error && covered == 1 { // whatever a program prints around the name of an error
				worth *= ofErrorName
			}
			best = max(best, worth)
		}
		s.total += best
	}
	return scores
}

// why returns the words of a text that count for a symptom.
func (x *index) why(doc int, q *query) []string {
	type reason struct {
		text  string
		worth float64
	}
	var reasons []reason
	for _, h := range q.hits {
		if w := x.docs[doc].weight[h.term] * x.rarity[h.term] * h.likeness; w > 0 {
			text := h.word
			if h.likeness < 1 || stem(fold(h.word)) != x.terms[h.term] {
				text += " → " + x.shown[h.term]
			}
			reasons = append(reasons, reason{rule.Printable(rule.Shorten(text)), w})
		}
	}
	slices.SortStableFunc(reasons, func(a, b reason) int { return cmp.Compare(b.worth, a.worth) })
	var list []string
	for i, r := range reasons {
		if i == mostWhy {
			break
		}
		list = append(list, r.text)
	}
	return list
}
