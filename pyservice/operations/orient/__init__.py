"""The way the picture stands: turning, mirroring, straightening, aligning."""
