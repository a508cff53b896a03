"""What follows a decision in money: awards, the monthly roll, the bank."""
