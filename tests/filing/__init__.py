"""Print jobs and the file of a household."""
