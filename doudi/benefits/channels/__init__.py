"""The plugs through which money leaves the house."""
