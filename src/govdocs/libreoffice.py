"""LibreOffice as a program beside govdocs: it opens a file and saves it in another format.

It runs without a window, with a profile of its own that is thrown away, fetches nothing and runs no
macros. It is looked for as ``GOVDOCS_SOFFICE`` says, else on the path. Nothing here reads a file.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from govdocs.errors import Problem, UsageError

TIMEOUT = 180
"""So many seconds a file may take."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop
 oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
</oor:items>
"""
"""Work every formula out, follow no links, run no macros."""


def find_soffice() -> str:
    """Find the program.

    Raises:
        UsageError: ``libreoffice.missing``.
    """
    wanted = os.environ.get("GOVDOCS_SOFFICE", "")
    names = (wanted,) if wanted else ("soffice", "libreoffice")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise UsageError.of("libreoffice.missing", fields={"program": wanted or "soffice"})
    return found


def convert(content: bytes, suffix: str, to: str, seconds: float = TIMEOUT) -> bytes:
    """Let LibreOffice open a file and save it in another format.

    Args:
        content: of the file.
        suffix: that it is known by: ``xlsx``.
        to: the suffix of the format that it is saved in.
        seconds: that it may take.

    Raises:
        UsageError: the program is not there, made nothing, or took too long.
    """
    program = find_soffice()
    with tempfile.TemporaryDirectory(prefix="govdocs-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"file.{suffix}")
        source.write_bytes(content)
        said = _run(program, Path(folder), source, to, seconds)
        made = Path(folder, "made", f"file.{to}")
        if not made.is_file():
            raise UsageError.of("libreoffice.failed", fields={"reason": said or "-"})
        return made.read_bytes()


def work_out(content: bytes) -> tuple[bytes, list[Problem]]:
    """Give the formulas of a workbook that have no result the one that LibreOffice finds.

    Returns:
        The workbook, and what LibreOffice could not work out for sure.
    """
    from govdocs.xlsx.recalculation import take_results

    return take_results(content, lambda: convert(content, "xlsx", "xlsx"))


def _run(program: str, folder: Path, source: Path, to: str, seconds: float) -> str:
    """Run the program; return what it said."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    profile = (folder / "profile").as_uri()
    command = [
        *(program, "--headless", "--norestore", f"-env:UserInstallation={profile}"),
        *("--convert-to", to, "--outdir", str(folder / "made"), str(source)),
    ]
    with subprocess.Popen(  # noqa: S603 - a program that the caller's machine names
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _stop(process)
            fields = {"seconds": f"{seconds:g}"}
            raise UsageError.of("libreoffice.too_slow", fields=fields) from None
    return said.decode(errors="replace").strip()[-500:]


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the program and those that it has started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
