"""The verbs of an inquiry, one file each."""
