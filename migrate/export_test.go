package migrate

// Book is what fixtures are held against.
var Book = &book

// Search searches for fewer waves than there are for a fleet, which is in the order of its IDs.
func Search(fleet []Workspace, targets map[string]Target, l Limits, bound, waves int, threesFirst bool) (waveOf []int32, n int, err error) {
	s, err := Newest().survey(fleet, targets, &l)
	if err != nil {
		return nil, 0, err
	}
	todo := make([]int32, len(fleet))
	for i := range todo {
		todo[i] = int32(i)
	}
	waveOf, n = newPacker(s, todo, &l).search(bound, waves, threesFirst)
	return waveOf, n, nil
}
