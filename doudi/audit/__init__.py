"""The journal: who did what to which thing when, in chains that show every later change."""
