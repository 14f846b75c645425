"""Vitrine's processing service: pixels, weights, quality and blobs. It knows no users."""

__version__ = "0.1.0"
