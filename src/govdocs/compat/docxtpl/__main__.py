"""``python -m govdocs.compat.docxtpl template.docx data.json out.docx``, as docxtpl has it."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from govdocs.compat.docxtpl.template import DocxTemplate


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m govdocs.compat.docxtpl",
        description="Fill a docx template with the data of a JSON file.",
    )
    parser.add_argument("template_path", help="the template")
    parser.add_argument("json_path", help="the JSON file with the data")
    parser.add_argument("output_filename", help="the file to write")
    parser.add_argument(
        "-o", "--overwrite", action="store_true", help="overwrite the file without asking"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing when all is well")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    wanted = _parser().parse_args(arguments)
    fault = _fault_of(wanted)
    if fault:
        print(fault, file=sys.stderr)  # noqa: T201 - a command line
        return 1
    target = Path(wanted.output_filename)
    if target.exists() and not wanted.overwrite and not _may_overwrite(target):
        return 1
    try:
        template = DocxTemplate(wanted.template_path)
        template.render(_read_json(wanted.json_path))
        template.save(target)
    except Exception as error:  # noqa: BLE001 - whatever it is, the caller is told in one line
        print(f"{error}", file=sys.stderr)  # noqa: T201
        for note in getattr(error, "__notes__", ()):
            print(note, file=sys.stderr)  # noqa: T201
        return 1
    if not wanted.quiet:
        print(f"Document successfully generated and saved at {target}")  # noqa: T201
    return 0


def _fault_of(wanted: argparse.Namespace) -> str:
    if not wanted.template_path.lower().endswith((".docx", ".docm", ".dotx", ".dotm")):
        return f"{wanted.template_path}: the template must be a .docx file"
    if not wanted.output_filename.lower().endswith((".docx", ".docm")):
        return f"{wanted.output_filename}: the output must be a .docx file"
    for path in (wanted.template_path, wanted.json_path):
        if not Path(path).is_file():
            return f"{path}: no such file"
    return ""


def _may_overwrite(target: Path) -> bool:
    answer = input(f"{target} exists. Overwrite? (y/n) ")
    return answer.strip().lower() in ("y", "yes")


def _read_json(path: str) -> Any:
    return json.loads(Path(path).read_text(encoding="utf-8-sig"))


if __name__ == "__main__":
    sys.exit(main())
