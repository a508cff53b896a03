"""The three families of the article; their incomes are assumed (policy.md section 9)."""
