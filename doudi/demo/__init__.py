"""Builds and plays the demonstration city: synthetic people from one seed, no real person anywhere."""
