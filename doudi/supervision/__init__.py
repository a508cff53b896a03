"""Supervision: random draws and the county's checks, and sheets that urge what is late."""
