"""`doudi reconcile --month 2022-06`: entitlements, ledger and bank side by side."""

from doudi.commands.bank import run_reconcile as run

__all__ = ["run"]
