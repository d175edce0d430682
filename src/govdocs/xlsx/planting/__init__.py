"""Tags into a workbook that has none: cells bound from outside."""
