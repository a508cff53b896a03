"""The offices' ledgers (台账): listed on a page, taken out as Excel with purpose and trace."""
