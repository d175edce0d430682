"""Insert and remove rows and columns with LibreOffice itself: run by the Python that has ``uno``.

Reads a JSON list of jobs {source, target, grow, edits: [[sheet, axis, first, last, count], ...]} on
standard input. Lines are removed (count 0) or followed by count - 1 insertions of their size;
``grow`` lets an area grow when lines are inserted at its edge, an option of Calc.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]


def main() -> None:
    """Start LibreOffice, do the jobs, end it."""
    program, profile = sys.argv[1:3]
    pipe = f"govdocs-{Path(profile).name}"
    office = subprocess.Popen(
        [
            program,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )
    try:
        context = connect(pipe)
        manager = context.ServiceManager
        settings = manager.createInstance("com.sun.star.configuration.ConfigurationProvider")
        desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        for job in json.load(sys.stdin):
            let_areas_grow(settings, job["grow"])
            edit(desktop, job)
        desktop.terminate()
    finally:
        try:
            office.wait(20)
        except subprocess.TimeoutExpired:
            office.kill()


def connect(pipe: str) -> Any:
    """Wait for LibreOffice and get its context."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001  # UNO's own exceptions are no classes until it answers
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not answer")


def let_areas_grow(provider: Any, grow: bool) -> None:
    """Set Calc's option."""
    node = PropertyValue()
    node.Name, node.Value = "nodepath", "/org.openoffice.Office.Calc/Input"
    view = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationUpdateAccess", (node,)
    )
    view.ExpandReference = grow
    view.commitChanges()


def edit(desktop: Any, job: dict[str, Any]) -> None:
    """Open a workbook, move its lines, save it under another name."""
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(Path(job["source"]).as_uri(), "_blank", 0, (hidden,))
    for sheet, axis, first, last, count in reversed(job["edits"]):
        lines = document.Sheets.getByName(sheet)
        lines = lines.Rows if axis == "rows" else lines.Columns
        size = last - first + 1
        if count == 0:
            lines.removeByIndex(first - 1, size)
        elif count > 1:
            lines.insertByIndex(last, size * (count - 1))
    form = PropertyValue()
    form.Name, form.Value = "FilterName", "Calc MS Excel 2007 XML"
    document.storeToURL(Path(job["target"]).as_uri(), (form,))
    document.close(True)


main()
