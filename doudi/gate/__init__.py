"""The way in: sign-in with second factor, health, and the pages of the demonstration."""
