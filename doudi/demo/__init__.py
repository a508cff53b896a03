"""Builds and plays the demonstration city: synthetic people from one seed, nobody real."""
