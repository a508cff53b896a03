"""What is printed beyond a case's own papers, as the plain values that the paper takes."""
