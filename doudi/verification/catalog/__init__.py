"""The items that departments can answer, read from the pack."""
