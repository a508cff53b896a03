"""交接: the open work of whoever leaves is listed and handed to named colleagues."""
