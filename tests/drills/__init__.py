"""Drills of a real office: a standby takes over, the past comes back; `make promises` runs them."""
