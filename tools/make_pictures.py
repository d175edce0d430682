"""Draw the README's pictures: what the filled report and sheet look like when they are printed.

Fills both files from the sample, prints them with LibreOffice and keeps the first page of each in
``docs/images``. Needs soffice and pdftoppm. Fonts that this machine does not have (仿宋,
小标宋) are drawn by what LibreOffice puts in their place.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import govdocs
from govdocs.data import load_data

ROOT = Path(__file__).parents[1]
FORM = ROOT / "templates" / "disclosure-2014"
SAMPLE = ROOT / "samples" / "helan-2018.yaml"
PICTURES = {"report.docx": "report-page-1.png", "statistics.xlsx": "statistics.png"}
WIDTH = 620  # pixels


def main() -> int:
    """Draw every picture, and say which."""
    for program in ("soffice", "pdftoppm"):
        if shutil.which(program) is None:
            print(f"make_pictures: needs {program} (Debian: libreoffice-*-nogui, poppler-utils)")
            return 2
    data = load_data(SAMPLE)
    for name, picture in PICTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            filled = Path(folder) / name
            govdocs.fill(FORM / name, data, filled)
            path = draw_first_page(filled, ROOT / "docs" / "images" / picture)
        print(f"drew {path.relative_to(ROOT)}")
    return 0


def draw_first_page(document: Path, picture: Path) -> Path:
    """Print a document and draw its first page."""
    folder = document.parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, document],
        check=True,
        capture_output=True,
    )
    picture.parent.mkdir(parents=True, exist_ok=True)
    size = ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    paths = [document.with_suffix(".pdf"), picture.with_suffix("")]
    subprocess.run(["pdftoppm", "-png", "-singlefile", *size, *paths], check=True)
    return picture


if __name__ == "__main__":
    sys.exit(main())
