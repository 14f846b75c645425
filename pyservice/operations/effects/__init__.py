"""Deliberate looks, and marks put on a picture."""
