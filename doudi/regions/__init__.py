"""Where: city, county, town and village, with the codes of the national list."""
