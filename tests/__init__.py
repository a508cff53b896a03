"""The suite. tests.suite runs all of it; tests.promises runs the long proofs."""
