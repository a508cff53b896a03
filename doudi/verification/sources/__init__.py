"""The plugs through which departments are asked."""
