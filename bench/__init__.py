"""Benchmarks, each as a ratio side by side in one run."""
