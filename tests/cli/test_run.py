"""Languages, exit statuses and how a wrong call is told."""

import json
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from govdocs.cli import main
from tests.support.sources import SOURCE

Capture = pytest.CaptureFixture[str]


def test_no_command_says_which_there_are(capsys: Capture) -> None:
    """A call without a command is bad usage."""
    assert main([]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("[cli.no_command] no command is given\n  mend: the commands are: ")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (
            ["fields", "--shema", "a.docx"],
            (
                "[cli.no_such_option] there is no option --shema\n"
                "  mend: the options are: --json, --schema, --bind, --bind-file, --lang, --help.\n"
            ),
        ),
        (
            ["fields"],
            (
                "[cli.missing_parameter] TEMPLATE is not given\n"
                "  mend: add it; the command's --help shows how.\n"
            ),
        ),
        (
            ["fill", "a.docx", "--out", "b.docx"],
            (
                "[cli.missing_parameter] --data is not given\n"
                "  mend: add it; the command's --help shows how.\n"
            ),
        ),
        (
            ["fill", "a.docx", "--out", "b.docx", "--data"],
            (
                "[cli.option_without_value] the option --data has no value\n"
                "  mend: write the value after --data.\n"
            ),
        ),
        (
            ["fill", "a.docx", "--data", "d.yaml", "--out", "o", "--missing", "no", "--lang=zh"],
            "[cli.not_a_choice] --missing 没有这个选择\n  改法：只能是：error、mark、blank。\n",
        ),
        (
            ["--lang", "fr"],
            "[cli.not_a_choice] --lang has no such choice\n  mend: it may be: zh, en.\n",
        ),
        (
            ["fields", "a.docx", "b.docx"],
            (
                "[cli.bad_usage] the command cannot be read: "
                "Got unexpected extra argument (b.docx)\n"
                "  mend: the command's --help shows how to write it.\n"
            ),
        ),
    ],
)
def test_wrong_call_is_told_with_how_to_mend_it(
    argv: list[str], told: str, capsys: Capture
) -> None:
    """The sentence names the option or argument; the status is 2, standard output stays empty."""
    assert main(argv) == 2
    assert capsys.readouterr() == ("", told)


def test_unknown_command_lists_the_commands(capsys: Capture) -> None:
    """A misspelt command is bad usage."""
    assert main(["--lang", "zh", "fil"]) == 2
    assert capsys.readouterr().err.startswith("[cli.no_such_command] 没有命令 fil\n  改法：")


def test_faults_are_json_for_programs(capsys: Capture) -> None:
    """With --json standard error holds the problems as data."""
    assert main(["fields", "--json"]) == 2
    (problem,) = json.loads(capsys.readouterr().err)["problems"]
    assert (problem["code"], problem["fields"]) == ("cli.missing_parameter", {"name": "TEMPLATE"})


@pytest.mark.parametrize("place", [0, 1, 2])
def test_language_is_taken_from_wherever_it_stands(place: int, capsys: Capture) -> None:
    """``--lang`` may stand before and behind the command."""
    argv = ["fill", "--help"]
    argv[place:place] = ["--lang", "zh"]
    assert main(argv) == 0
    assert "数据文件：.yaml、.json 或 .toml" in capsys.readouterr().out


def test_language_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """GOVDOCS_LANG is heard, and ``--lang`` is louder; afterwards it is as it was."""
    monkeypatch.setenv("GOVDOCS_LANG", "zh_CN")
    main(["--help"])
    assert "用法：" in capsys.readouterr().out
    main(["--help", "--lang", "en"])
    assert capsys.readouterr().out.startswith("Usage: govdocs")
    main(["--help"])
    assert "用法：" in capsys.readouterr().out


def test_version_is_the_packages(capsys: Capture) -> None:
    """The version stands in pyproject.toml alone."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"govdocs {version('govdocs')}\n"


def test_file_that_is_not_there_is_told_by_its_path(tmp_path: Path, capsys: Capture) -> None:
    """A wrong path is bad input, not a traceback."""
    missing = tmp_path / "no.docx"
    assert main(["fields", str(missing)]) == 2
    assert capsys.readouterr().err == (
        f"[package.not_found] there is no file {missing}\n"
        f"  where: {missing}\n"
        "  mend: check the path and the file name.\n"
    )


def test_module_can_be_run() -> None:
    """``python -m govdocs`` is ``govdocs``."""
    run = subprocess.run(
        [sys.executable, "-m", "govdocs", "--version"], capture_output=True, text=True, check=True
    )
    assert run.stdout == f"govdocs {version('govdocs')}\n"


def test_help_says_in_chinese_what_must_be_given(capsys: Capture) -> None:
    """No English word of the parser's own stands in a Chinese help page."""
    assert main(["draft", "--help", "--lang", "zh"]) == 0
    page = capsys.readouterr().out
    assert "新的年份，例如 2019。  （必填）" in page
    assert "[required]" not in page


def test_help_imports_no_engine() -> None:
    """Asking for help is quick."""
    program = (
        "import sys; from govdocs.cli import main; main(['fill', '--help']);"
        "print([name for name in ('lxml', 'jinja2', 'openpyxl', 'docx') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.endswith("[]\n")


def test_words_stand_in_both_languages() -> None:
    """No help line, heading or word of a result is missing in one language."""
    shelves = tomllib.loads((SOURCE / "cli" / "words.toml").read_text(encoding="utf-8"))
    lame = [
        (shelf, name)
        for shelf, words in shelves.items()
        for name, languages in words.items()
        if set(languages) != {"zh", "en"} or not all(languages.values())
    ]
    assert lame == []
