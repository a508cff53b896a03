"""The pages of the data clerks, and the address for machines."""
