"""Support: helpers paired with households, needs and offers, goods and services beside cash."""
