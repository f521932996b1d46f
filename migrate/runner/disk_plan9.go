package runner

// Plan 9 has no numbers for errors, so that nothing is known of the disk.

func isDiskFull(error) bool { return false }

func isReadOnly(error) bool { return false }
