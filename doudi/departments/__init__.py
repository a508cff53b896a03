"""What the twelve departments send, and who sends it."""
