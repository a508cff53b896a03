"""Regions: the list, its names, its loading."""
