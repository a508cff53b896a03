"""Settings, addresses and servers of the installation."""
