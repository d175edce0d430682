"""Blocks of rows and columns: which lines a tag stands for, and where its passes come out."""
