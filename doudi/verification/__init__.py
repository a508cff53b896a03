"""核对: what the departments know of a household, asked only with a living authorisation."""
