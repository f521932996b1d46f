package main

// migration tells whether MigrateWorkspace would do what replacing a desktop for another
// bundle does, and keep the user volume.
func (c *checker) migration(r *resource, o *object) string {
	return "MigrateWorkspace gives the desktop another bundle and keeps the user volume, where the documents permit it"
}
