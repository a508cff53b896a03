"""Negative controls: a promise's own test must fail when its mechanism is taken away."""
