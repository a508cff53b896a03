"""Print forms: what goes in, and the PDF that comes out."""
