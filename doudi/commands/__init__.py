"""The `doudi` command: one thin file for each of its words."""
