"""Who lives here: persons, households with members over time, and what each already receives."""
