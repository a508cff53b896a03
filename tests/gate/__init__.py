"""The gate: sign-in, sessions, operations, demonstration."""
