"""`doudi bank-result FILE`: takes in what the bank gave back."""

from doudi.commands.bank import run_result as run

__all__ = ["run"]
