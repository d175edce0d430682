"""Numbers as a chart and its workbook keep them: the same digits in both, none of them rounded."""

from decimal import Decimal

from govdocs.values.numbers import plain_number


def write_number(value: float | Decimal) -> str:
    """Write a number: an int and a Decimal in plain digits, a float so that it reads back."""
    if not isinstance(value, float):
        return plain_number(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1 << 53 else float.__repr__(value)
