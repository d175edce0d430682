"""``python -m tools.make_templates`` writes the official templates again."""

from pathlib import Path

from tools.make_templates.forms import read_form
from tools.make_templates.report import make_report
from tools.make_templates.sheet import make_sheet

TEMPLATES = Path(__file__).parents[2] / "templates"
FORMS = ("disclosure-2014", "disclosure-2019", "disclosure-2021")


def make_templates(form_id: str) -> dict[str, bytes]:
    """Make the files of one form: name -> content."""
    form = read_form(form_id)
    return {"report.docx": make_report(form), "statistics.xlsx": make_sheet(form)}


def main() -> None:
    """Write the files of every form and say so."""
    for form_id in FORMS:
        folder = TEMPLATES / form_id
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in make_templates(form_id).items():
            (folder / name).write_bytes(content)
            print(f"{folder.name}/{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
