"""Recognising the form of a dict or a file that nobody named it for.

A dict says it; of a file it is the form whose labels it has most of; else the year tells which form
was in force. This module never guesses where nothing speaks for any form.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from govdocs.binding.office_form import DataOrFile, OfficeForm, form
from govdocs.errors import UsageError
from govdocs.forms import form_ids, form_of_year
from govdocs.forms.facts import find_fact, read_year


def recognise(sources: Sequence[DataOrFile]) -> OfficeForm:
    """Tell the form that dicts and files are of.

    Raises:
        UsageError: nothing speaks for a form, or two dicts name different ones.
    """
    dicts = [one for one in sources if isinstance(one, Mapping)]
    named = {str(one["form"]) for one in dicts if one.get("form")}
    if len(named) > 1:
        raise UsageError.of("binding.forms_differ", fields={"forms": sorted(named)})
    if named:
        return form(named.pop())
    year = _year_of(dicts)
    if year is not None:
        return form(form_of_year(year))
    return _recognise_files([one for one in sources if not isinstance(one, Mapping)])


def _recognise_files(files: Sequence[Any]) -> OfficeForm:
    """Choose the form of which the files have the greatest part; two alike: by the year."""
    ranked = [_rank(form(name), files) for name in form_ids()]
    best = max(ranked, key=lambda one: one[0])
    if best[0] > 0:
        return best[1]
    years = [year for _, _, year in ranked if year is not None]
    if years:
        return form(form_of_year(years[0]))
    raise UsageError.of("binding.form_unknown", fields={"known": list(form_ids())})


def _rank(candidate: OfficeForm, files: Sequence[Any]) -> tuple[float, OfficeForm, int | None]:
    readings = [candidate.examine(one) for one in files]
    found = max((len(one.layout.handles) for one in readings), default=0)
    year = _year_of([one.data for one in readings])
    era = candidate.form
    is_of_era = year is not None and era.first_year <= year <= (era.last_year or year)
    share = found / len(candidate.figures)
    return share + (0.01 if share and is_of_era else 0), candidate, year


def _year_of(dicts: Sequence[Mapping[str, Any]]) -> int | None:
    years = (read_year(find_fact(one, "report.year")) for one in dicts)
    return next((year for year in years if year is not None), None)
