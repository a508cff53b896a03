"""Kills processes while people apply; no acknowledged application may be lost or doubled (P1)."""
