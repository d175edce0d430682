"""A Word document as grids and as patterns of text, for what is read back and bound."""
