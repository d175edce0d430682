"""Floor 1: what went wrong, where, and how to mend it.

Every fault the library finds is a :class:`Problem` with a stable code, its places and its fields.
The sentence that a person reads is made from them, in Chinese or English, only when it is read.
This room never opens a file of the user's and knows no XML.

The exception tree::

    GovdocsError            a bundle of problems, all of one run
    ├── PackageError        the file is at fault: not Office, encrypted, damaged, hostile
    ├── TemplateError       the template is at fault: syntax, blocks, names of filters
    ├── DataError           the dict is at fault: missing or unusable values
    ├── FormError           the statutory form is at fault, or a file does not have its shape
    └── UsageError          the call is at fault: a wrong option, an unknown form, a missing extra
"""

from govdocs.errors.language import current_language
from govdocs.errors.problem import Place, Problem, Spot
from govdocs.errors.tree import (
    DataError,
    FormError,
    GovdocsError,
    PackageError,
    TemplateError,
    UsageError,
)

__all__ = [
    "DataError",
    "FormError",
    "GovdocsError",
    "PackageError",
    "Place",
    "Problem",
    "Spot",
    "TemplateError",
    "UsageError",
    "current_language",
]
