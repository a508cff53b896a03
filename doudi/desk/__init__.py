"""The officers' desk: what to do today, the case, the roll, the staff."""
