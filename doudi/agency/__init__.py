"""The door of the departments' data clerks."""
