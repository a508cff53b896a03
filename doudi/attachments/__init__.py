"""Uploads: hostile until checked, sealed afterwards, never served from where they lie."""
