"""Open files with LibreOffice as an office would, and read what it made of them."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 180


def find_soffice() -> str | None:
    """Find LibreOffice on this machine."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """A LibreOffice with a user profile of its own, so that several can run side by side."""

    program: str
    profile: Path

    def convert(self, source: Path, to: str, folder: Path) -> Path:
        """Convert a file into ``folder``; ``to`` is LibreOffice's name of the format (``pdf``).

        Raises:
            AssertionError: LibreOffice could not open the file, or wrote nothing.
        """
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / f"{source.stem}.{to.partition(':')[0]}"
        made.unlink(missing_ok=True)
        run = subprocess.run(  # its exit status is 0 even where it could not open the file
            [
                self.program,
                "--headless",
                "--norestore",
                f"-env:UserInstallation={self.profile.as_uri()}",
                "--convert-to",
                to,
                "--outdir",
                str(folder),
                str(source),
            ],
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
        assert made.is_file(), (
            f"LibreOffice made no {made.name} of {source}:\n"
            f"{run.stdout.decode(errors='replace')}{run.stderr.decode(errors='replace')}"
        )
        return made

    def pages(self, source: Path, folder: Path) -> list[str]:
        """Print a file and read the text of each page."""
        return read_pages(self.convert(source, "pdf", folder))


def read_pages(pdf: Path) -> list[str]:
    """Read the text of each page of a PDF, laid out as printed."""
    run = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", str(pdf), "-"],
        capture_output=True,
        timeout=TIMEOUT,
        check=True,
    )
    return run.stdout.decode().removesuffix("\f").split("\f")
