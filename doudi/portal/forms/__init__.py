"""What residents type, checked before anything is kept."""
