"""Runs the same formulas on one household with explanation, or on columns of many."""
