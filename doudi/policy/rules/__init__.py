"""The rules R1–R13, one file a question."""
