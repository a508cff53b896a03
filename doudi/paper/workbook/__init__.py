"""The offices' tables: read as hostile, row by row; written like their own. Start at reading.py."""
