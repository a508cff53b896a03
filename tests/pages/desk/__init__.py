"""The officers' desk, page by page."""
