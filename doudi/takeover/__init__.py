"""Awards of an old system taken over: rehearsed, explained to the fen, undone while unpaid."""
