"""What a command on forms is given: data files and Office files, and the form that they are of.

Data files are read first: standard input can be read only once, and a dict may name its form.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govdocs.cli.words import Words

if TYPE_CHECKING:
    from govdocs.binding import OfficeForm
    from govdocs.errors.language import Language
    from govdocs.forms import Finding


def form_option(words: Words) -> click.Option:
    """Make the option ``--form``."""
    return click.Option(["--form", "form_id"], metavar="ID", help=words.option("form"))


def json_option(words: Words) -> click.Option:
    """Make the option ``--json``."""
    return click.Option(["--json", "as_json"], is_flag=True, help=words.option("json"))


def read_sources(sources: Iterable[str]) -> list[Any]:
    """Read the data files among the sources; Office files stay paths."""
    from govdocs.binding.office_form import is_data, read_data

    return [read_data(one) if is_data(one) else Path(one) for one in sources]


def choose_form(form_id: str | None, sources: Sequence[Any]) -> "OfficeForm":
    """Load the form that was named, or the one that the sources are of."""
    from govdocs.binding import form
    from govdocs.binding.recognising import recognise

    return form(form_id) if form_id else recognise(sources)


def print_json(result: object) -> None:
    """Write a result for a program."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))


def write_finding(finding: "Finding", language: "Language", words: Words) -> str:
    """Write a finding as a person reads it: what, where, how to mend."""
    from govdocs.errors.places import MAX_PLACES, describe_place

    severity = words.say(f"severity_{finding.severity}")
    lines = [f"[{finding.code}] {severity}{finding.tell(language)}"]
    described = (describe_place(place, language) for place in finding.places)
    places = [place for place in dict.fromkeys(described) if place]
    lines += [words.say("where", place=place) for place in places[:MAX_PLACES]]
    if len(places) > MAX_PLACES:
        lines.append(words.say("more_places", count=len(places) - MAX_PLACES))
    if mend := finding.tell(language, "mend"):
        lines.append(words.say("mend", mend=mend))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class DataOutput:
    """A dict that is to be written as a data file."""

    data: Mapping[str, Any]

    def save(self, path: Path) -> None:
        """Write it in the format that the suffix names."""
        from govdocs.data import dump_data

        dump_data(self.data, path)


def write_data_file(data: Mapping[str, Any], out: str, inputs: Iterable[Path]) -> None:
    """Write a dict to a path, or to standard output for ``-``."""
    from govdocs.cli.outputs import check_outputs, write_all

    if out == "-":
        from govdocs.data import dump_data

        dump_data(data, "-")
        return
    check_outputs([Path(out)], inputs=inputs)
    write_all({Path(out): DataOutput(data)})
