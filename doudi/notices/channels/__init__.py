"""The plugs through which messages leave the house."""
