"""Doudi 兜底: the safety net of a city, from the scan of a code to the money on the account."""
