"""The calculations of accounts: one-time codes and the staff sheet, without a database."""
