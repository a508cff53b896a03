"""Ready-made families, offices and cases for tests; synthetic throughout."""
