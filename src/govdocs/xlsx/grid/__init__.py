"""The grid: where rows and columns of a template came out, and what refers to them.

``layout`` writes down what a fill did to the lines (rows or columns) of a sheet; ``formula`` cuts
formulas into tokens; ``references`` puts every reference through the layout; ``calc`` works out
cached values; ``dependents`` tells which of them a fill has made stale.

This package takes and gives text and numbers. It knows no XML, no package and no template language.
"""
