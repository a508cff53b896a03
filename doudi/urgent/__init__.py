"""Urgent aid: who answers a call for help, what was given first, and the papers that follow."""
