"""What this room does: one verb, one file."""
