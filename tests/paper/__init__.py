"""Print forms."""
