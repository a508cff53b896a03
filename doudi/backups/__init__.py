"""Encrypted backups of a whole installation, and the way back. Keys are never in them."""
