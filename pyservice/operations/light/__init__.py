"""Light and colour of the whole picture."""
