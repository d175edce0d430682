"""Floor 5, the hall: forms joined with files.

An official blank becomes a template by its labels, a filled file becomes a dict, and what a form
asks is checked in files as in dicts.

- ``office_form`` is the face: ``govdocs.form(...)``
- ``tables`` reads sheets and pages alike; ``layouts`` remembers where figures are
- ``entries`` are what stands around a table: unit, people, date, the year in its title
- ``reading``, ``tagging`` and ``checking`` do one thing each
"""

from govdocs.binding.office_form import OfficeForm, form
from govdocs.binding.reading import ReadData

__all__ = ["OfficeForm", "ReadData", "form"]
