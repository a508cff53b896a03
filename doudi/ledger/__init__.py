"""The ledger of aid money: double entry in whole fen."""
