"""What templates may write; loaded everywhere."""
