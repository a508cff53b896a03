"""A real Chromium in front of the real server: few journeys, looked at."""
