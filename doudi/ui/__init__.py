"""The shared look and the guards of every address; knows no context."""
