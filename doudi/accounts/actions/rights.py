"""Not a verb: the check that every action on staff shares."""
