"""Accounts: rights, posts, invitations, second factor, the staff sheet."""
