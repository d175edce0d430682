"""Slots: how a value is written where it lands, in a cell, a formula, a title, a name."""
