"""What follows from what: one table of events, and one file of reactions per kind of event."""
