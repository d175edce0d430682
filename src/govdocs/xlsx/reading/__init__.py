"""What a workbook says: its sheets as a stream, cells, strings, styles, names and tables."""
