"""Redress: appeals, complaints, ratings and reports of changes, each with its last day."""
