"""The province's system: mapped reports up, receipts and differences down."""
