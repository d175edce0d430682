"""How figures are called in sentences: their labels without numbering marks and remarks.

``（三）从事政府信息公开工作人员数`` is called 从事政府信息公开工作人员数; a label that the form
has twice is called by its parent too: 行政诉讼数量＞被依法纠错数.
"""

import re
from collections import Counter
from collections.abc import Iterable

from govdocs.forms.figures import Figure

_NUMBERING = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d+[.．、]|其中[:：])\s*"
)
_REMARK = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")


def short_label(label: str) -> str:
    """Take the numbering mark from the front of a label and the remark from its end."""
    return _REMARK.sub("", _NUMBERING.sub("", label)).strip() or label.strip()


def name_figures(figures: Iterable[Figure]) -> dict[str, str]:
    """Name every figure, key to name; no two figures have one name if their labels allow it."""
    listed = list(figures)
    depth = {figure.key: 1 for figure in listed}
    names = {figure.key: _name(figure, 1) for figure in listed}
    for _ in range(max((len(one.labels + one.heads) for one in listed), default=0)):
        twice = {name for name, count in Counter(names.values()).items() if count > 1}
        for figure in listed:
            if names[figure.key] in twice:
                depth[figure.key] += 1
                names[figure.key] = _name(figure, depth[figure.key])
    return names


def _name(figure: Figure, depth: int) -> str:
    """Write the last ``depth`` labels of the row, and the column where there are several.

    A figure without a label of its row is called by those of its column.
    """
    labels = [short_label(label) for label in figure.labels or figure.heads]
    column = short_label(figure.heads[-1]) if figure.labels and figure.column else ""
    return "＞".join(labels[-depth:]) + (f"（{column}）" if column else "")
