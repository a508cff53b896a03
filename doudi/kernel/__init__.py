"""The few ideas everything stands on: money, months, workdays, ID numbers, region codes."""
