"""Residents in front of the portal."""
