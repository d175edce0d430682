"""Floor 5, the hall: data files. One dict comes in from YAML, JSON or TOML, and goes out again.

What was typed is what is read: only ``true`` and ``false`` are booleans (``no`` and ``是`` are
text), numbers with a leading nought (``0771``) and times (``12:30``) stay text, long numbers stay
exact, decimals are Decimal, 2019-01-24 is a date. Keys are text, and no key counts twice. Every
fault has its file, line and column. Nothing in a data file is ever run, fetched or evaluated.

- ``texts`` finds the text of a file: encoding and format
- ``scalars`` tells what a bare word of YAML means
- ``yaml_files`` (with ``yaml_faults``, ``yaml_writing``), ``json_files`` and ``toml_files`` read
  and write one format each; ``writing`` looks at the values first
- ``settings`` lays KEY=VALUE pairs over a dict
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govdocs.data.texts import Format, Source, Target

__all__ = ["dump_data", "load_data", "set_values"]


def load_data(
    source: "Source",
    format: "Format | None" = None,  # noqa: A002 - the word of the command line
    *,
    encoding: str | None = None,
) -> dict[str, Any]:
    """Read the dict of a data file.

    Args:
        source: a path, ``"-"`` for standard input, or an open text or binary file.
        format: ``"yaml"``, ``"json"`` or ``"toml"``; else the file's suffix says it. What has no
            suffix is JSON if it begins like JSON, else YAML.
        encoding: what the file is written in; else UTF-8, UTF-16 with its mark, or GB18030 where
            the text is beyond doubt Chinese in GB18030.

    Raises:
        DataError: ``data_file.*``, all faults of the file with line and column.
    """
    from govdocs.data.texts import read_source

    text = read_source(source, format, encoding)
    if text.format == "json":
        from govdocs.data.json_files import read_json

        return read_json(text)
    if text.format == "toml":
        from govdocs.data.toml_files import read_toml

        return read_toml(text)
    from govdocs.data.yaml_files import read_yaml

    return read_yaml(text)


def set_values(data: Mapping[str, Any], settings: Iterable[str]) -> dict[str, Any]:
    """Lay settings over a dict: ``["stats.total=5", "rows[0].name=甲"]``; a new dict is returned.

    A value means what it would mean in YAML; quoted it is text. Mappings that are not there are
    made; a list is lengthened by one at a time.

    Raises:
        UsageError: ``data_file.set_*``, all faulty settings at once.
    """
    from govdocs.data.settings import lay_over

    return lay_over(data, settings)


def dump_data(
    data: Mapping[str, Any],
    target: "Target",
    format: "Format | None" = None,  # noqa: A002 - the word of the command line
) -> None:
    """Write a dict as a data file that :func:`load_data` reads to the same dict.

    Chinese stays readable, keys keep their order (TOML sets values before tables). YAML holds
    every value of a dict. JSON has no dates: they become ISO text. TOML has no null.

    Args:
        data: texts, numbers, booleans, None, dates, times, lists and mappings with text keys.
        target: a path, which is replaced as a whole or not at all; ``"-"`` for standard output;
            or an open text file.
        format: ``"yaml"``, ``"json"`` or ``"toml"``; else the suffix says it; what has none is
            written as YAML.

    Raises:
        DataError: ``data_file.cannot_write``, all values that have no place in the file.
        UsageError: the format is unknown, or the file cannot be written.
    """
    from govdocs.data.writing import write_data

    write_data(data, target, format)
