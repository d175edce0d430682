"""Where the documents go: every path is checked before work begins, and all are written or none."""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from govdocs.errors import Place, Problem, UsageError

SUFFIXES = {
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
}
_FILLED = {".dotx": ".docx", ".dotm": ".docm", ".xltx": ".xlsx", ".xltm": ".xlsm"}


class Savable(Protocol):
    """What can be written to a path."""

    def save(self, path: Path, /) -> object:
        """Write it."""


def plan_outputs(templates: Sequence[Path], out: str) -> dict[Path, Path]:
    """Say for each template where its document goes.

    ``out`` is a directory for several templates; for one it is a file, unless it is a directory
    or ends like one. In a directory a document keeps its template's name; ``.dotx`` gives
    ``.docx``.

    Raises:
        UsageError: several templates for one file, or for one name.
    """
    path = Path(out)
    into_directory = path.is_dir() or out.endswith(("/", os.sep))
    if len(templates) == 1 and not into_directory:
        return {templates[0]: path}
    if path.is_file() or (not path.is_dir() and path.suffix.lower() in sum(SUFFIXES.values(), ())):
        raise UsageError.of("cli.several_into_one_file", fields={"path": out})
    outputs = {template: path / _filled_name(template) for template in templates}
    if problems := list(_clashes(templates, outputs)):
        raise UsageError(problems)
    return outputs


def check_outputs(
    outputs: Collection[Path], *, inputs: Iterable[Path] = (), kind: str = ""
) -> None:
    """Hold the outputs against what is read in this run, and against the kind of the template.

    Raises:
        UsageError: every output that must not be written.
    """
    read = {path.resolve() for path in inputs}
    problems = [
        Problem("cli.output_is_input", fields={"path": output})
        for output in outputs
        if output.resolve() in read
    ]
    allowed = SUFFIXES.get(kind, ())
    problems += [
        Problem("cli.wrong_suffix", fields={"path": output, "kind": kind, "suffixes": allowed})
        for output in outputs
        if allowed and output.suffix.lower() not in allowed
    ]
    if problems:
        raise UsageError(problems)


def write_all(documents: Mapping[Path, Savable]) -> None:
    """Write all documents, or leave every file as it was.

    Each is saved whole or not at all; if one cannot be saved (it is open in Word), those saved
    before it are put back.
    """
    before: dict[Path, bytes | None] = {}
    try:
        for path, document in documents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            before[path] = path.read_bytes() if path.is_file() else None
            document.save(path)
    except BaseException:
        _put_back(before)
        raise


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    from govdocs.opc.saving import save_atomically

    for path, content in before.items():
        if content is not None and path.read_bytes() != content:
            save_atomically(path, content)
        elif content is None and path.is_file():
            path.unlink()


def _filled_name(template: Path) -> str:
    return template.stem + _FILLED.get(template.suffix.lower(), template.suffix)


def _clashes(templates: Sequence[Path], outputs: Mapping[Path, Path]) -> Iterator[Problem]:
    # names that differ in case only are one file on Windows and macOS
    counts = Counter(str(outputs[template]).lower() for template in templates)
    for name, count in counts.items():
        if count > 1:
            same = [one for one in templates if str(outputs[one]).lower() == name]
            places = tuple(Place(file=str(one)) for one in same)
            yield Problem("cli.same_output", places, {"path": outputs[same[0]]})
