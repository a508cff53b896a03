"""`doudi bank-file NUMBER`: the file for the bank, its signature and its hash."""

from doudi.commands.bank import run_file as run

__all__ = ["run"]
