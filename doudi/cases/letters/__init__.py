"""What the print forms of a case say: its tables as the plain values that the paper takes."""
