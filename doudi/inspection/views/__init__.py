"""The pages of the auditor's door."""
