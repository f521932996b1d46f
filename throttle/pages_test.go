package throttle_test

import (
	"encoding/json"
	"strconv"
)

// pages answers an operation with a chain of n tokens, of which the last page has none.
func pages(n int) func(string, []byte) (any, error) {
	return func(_ string, input []byte) (any, error) {
		var in struct{ NextToken string }
		if err := json.Unmarshal(input, &in); err != nil {
			return nil, err
		}
		page, _ := strconv.Atoi(in.NextToken) // "" is the first
		if page++; page == n {
			return struct{}{}, nil
		}
		return map[string]string{"NextToken": strconv.Itoa(page)}, nil
	}
}
