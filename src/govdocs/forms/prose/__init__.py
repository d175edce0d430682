"""Prose against the figures and the rules of official writing."""
