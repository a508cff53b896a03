"""The views of the gate: sign-in, operations, demonstration."""
