"""What can be done about a handover."""
