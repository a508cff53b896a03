"""The case: from an application to a decision, by process, people and days."""
