"""How a value prints in a document when its tag says nothing else.

A date is 2019年1月24日 (GB/T 9704 7.3.5.4), a number its plain digits (GB/T 15835: undivided), true
and false 是 and 否. Whoever wants another form says so with a filter. Nothing here escapes markup.
"""

import datetime as dt
import decimal
from typing import Any


def print_value(value: Any) -> str:
    """Print a value as text; anything unknown as ``str`` does."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if type(value) is int:
        return str(value)
    if isinstance(value, (dt.date, dt.time)):
        from govdocs.values.dates import chinese_moment

        return chinese_moment(value)
    if isinstance(value, (float, decimal.Decimal)):
        from govdocs.values.numbers import is_number, plain_number

        return plain_number(value) if is_number(value) else str(value)
    return str(value)
