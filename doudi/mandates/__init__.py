"""Mandates: who acts where somebody cannot come himself; households found in the village."""
