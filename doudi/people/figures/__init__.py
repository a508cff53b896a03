"""What a table of people holds, and what its rows come to (pure)."""
