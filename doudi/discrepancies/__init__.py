"""疑点核查: what a comparison asks about a household, worked off by people."""
