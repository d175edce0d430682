"""Form files are read, checked whole, and laid over each other."""

import pickle
from pathlib import Path

import pytest

from govdocs.errors import FormError, UsageError
from govdocs.forms import form_ids, load_form

ANHUI = """
extends = "disclosure-2014"
id = "disclosure-2014-county"
title = "县级统计表"

[deadline]
department = "01-26"
government = "02-20"
source = "本县通知"

[[column]]
table = "main"
key = "district"
label = "区直单位统计数"

[[column]]
table = "main"
key = "towns"
label = "乡镇街道统计数"

[[row]]
table = "main"
after = "proactive_normative_docs"
key = "leadership_info"
label = "主动公开机构领导、机构设置及人事信息"
level = 3
unit = "条"

[[relation]]
code = "L1"
kind = "equal"
left = ["proactive_total"]
right = ["district.proactive_total", "towns.proactive_total"]
severity = "error"
source = "本县口径"

[severity]
E4 = "warning"
"form.jump" = "note"
"""

OWN = """
id = "town-sheet"
title = "乡镇月报"
years = [2024]
source = "本镇"

[[table]]
key = "main"
title = "月报"
path = "{row}"

[[table.block]]
columns = [{ key = "", label = "数" }]
rows = [
  { level = 1, key = "合计", label = "合计", unit = "件" },
  { level = 2, key = "来信", label = "来信", unit = "件" },
  { level = 2, key = "来访", label = "来访", unit = "件" },
]

[[relation]]
code = "M1"
kind = "equal"
left = ["合计"]
right = ["来信", "来访"]
severity = "error"
source = "本镇"
"""


def write(folder: Path, text: str, name: str = "office.toml") -> Path:
    """Write a form file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    """Load a faulty form file and list the codes of what is wrong with it."""
    with pytest.raises(FormError) as raised:
        load_form(write(folder, text))
    return [problem.code for problem in raised.value.problems]


def test_overlay_adds_columns_rows_relations_and_changes_severities(tmp_path: Path) -> None:
    """What an office adds stands beside what the form has."""
    form = load_form("disclosure-2014", [write(tmp_path, ANHUI)])
    assert (form.id, form.extends) == ("disclosure-2014-county", ("disclosure-2014",))
    assert len(form.figures) == 59 * 3
    assert form.by_key["towns.leadership_info"].heads == ("乡镇街道统计数",)
    assert form.deadline is not None
    assert form.deadline.department == "01-26"
    zeros = {figure.key: 0 for figure in form.figures if "." not in figure.key}
    stats = zeros | {"district": dict(zeros), "towns": dict(zeros)}
    assert form.check({"form": "disclosure-2014", "stats": stats}) == []
    stats["reply_denied"] = stats["replies_total"] = 1
    stats["towns"] = zeros | {"proactive_total": 2, "requests_received": 1}
    told = {(one.code, one.severity, one.key) for one in form.check({"stats": stats})}
    assert told == {
        ("E4", "warning", "stats.reply_denied"),
        ("L1", "error", "stats.proactive_total"),
        ("E1", "error", "stats.towns.requests_received"),
        ("C6", "warning", "stats.towns.proactive_total"),
    }


def test_overlay_given_by_its_path_brings_its_form(tmp_path: Path) -> None:
    """An overlay names the form that it extends."""
    assert load_form(write(tmp_path, ANHUI)).figures == (
        load_form("disclosure-2014", [tmp_path / "office.toml"]).figures
    )


def test_added_row_joins_the_sum_that_it_is_a_part_of(tmp_path: Path) -> None:
    """A result that only one province counts belongs to the total of its form."""
    text = (
        'extends = "disclosure-2021"\n'
        '[[row]]\ntable = "t3"\nafter = "other_misc"\nkey = "other_local"\n'
        'label = "4.转送其他机关"\nlevel = 3\n'
        '[[extend]]\nrelation = "R2"\nright = ["other_local"]\n'
        '[[also]]\ntable = "t3"\nkey = "granted"\nlabels = ["全部公开"]\n'
    )
    form = load_form(write(tmp_path, text))
    assert len(form.figures) == 207
    assert form.by_key["t3.other_local.total"].labels[-2:] == ("（六）其他处理", "4.转送其他机关")
    sums = [one for one in form.relations if one.code == "R2"]
    assert [one.right[-1].key for one in sums[:2]] == [
        "t3.other_local.natural_person",
        "t3.other_local.commercial",
    ]
    rows = [row for row in form.tables[1].rows() if row.key == "granted"]
    assert [row.also for row in rows] == [("全部公开",)]


def test_overlay_of_an_overlay_is_followed_down(tmp_path: Path) -> None:
    """``extends`` may be a path beside the file."""
    write(tmp_path, ANHUI, "county.toml")
    town = 'extends = "county.toml"\n[severity]\nE1 = "note"\n'
    form = load_form(write(tmp_path, town, "town.toml"))
    assert len(form.figures) == 59 * 3
    assert form.severities["E1"] == "note"
    assert form.severities["E4"] == "warning"


def test_overlay_that_extends_itself_is_refused(tmp_path: Path) -> None:
    """A circle of overlays has no form at its end."""
    write(tmp_path, 'extends = "b.toml"\n', "a.toml")
    write(tmp_path, 'extends = "a.toml"\n', "b.toml")
    with pytest.raises(FormError) as raised:
        load_form(tmp_path / "a.toml")
    assert [problem.code for problem in raised.value.problems] == ["form.extends_itself"]


def test_form_of_an_office_is_a_form_like_any_other(tmp_path: Path) -> None:
    """An office writes its own form, with Chinese keys."""
    form = load_form(write(tmp_path, OWN))
    (finding,) = form.check({"stats": {"合计": 1280, "来信": 700, "来访": 550}})
    assert finding.tell("zh") == "合计 1280 ≠ 1250 = 来信 700 + 来访 550"
    assert finding.tell("en") == "合计 1280 ≠ 1250 = 来信 700 + 来访 550"
    assert finding.tell("zh", "mend") == "相差 30，逐项核对（依据：本镇）"


def test_every_fault_of_a_form_file_is_said_at_once_with_its_line(tmp_path: Path) -> None:
    """Names, kinds and choices that do not belong are all told."""
    text = OWN.replace('kind = "equal"', 'kind = "equals"').replace("unit", "unti", 1)
    text = text.replace("years = [2024]", 'years = "2024"') + '\n[[relation]]\ncode = "M2"\n'
    path = write(tmp_path, text)
    with pytest.raises(FormError) as raised:
        load_form(path)
    told = [
        (problem.code, problem.place.key, dict(problem.place.spot).get("line"))
        for problem in raised.value.problems
    ]
    assert told == [
        ("form.entry_kind", "years", 4),
        ("form.entry_unknown", "table[1].block[1].rows[1].unti", 15),
        ("form.entry_choice", "relation[1].kind", 22),
        ("form.entry_missing", "relation[2]", 28),
        ("form.entry_missing", "relation[2]", 28),
        ("form.entry_missing", "relation[2]", 28),
        ("form.entry_missing", "relation[2]", 28),
        ("form.entry_missing", "relation[2]", 28),
    ]
    first = raised.value.problems[1].message("en").splitlines()
    assert first == [
        "[form.entry_unknown] there is no entry “unti” here",
        f"  where: {path} > line 15 (table[1].block[1].rows[1].unti)",
        "  mend: correct the name or take it out; known here: unit",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('["来信", "来访"]', '["来信", "来电"]', "form.unknown_figure"),
        ('left = ["合计"]', "left = []", "form.side_empty"),
        ('kind = "equal"', 'kind = "equal"\nalong = "mian.rows"', "form.along"),
        ('key = "来访"', 'key = "来信"', "form.key_twice"),
        ('key = "来访"', 'key = "1来访"', "form.key"),
        ('key = "来访"', 'key = "来信.来访"', "form.key_twice"),
        ('level = 2, key = "来信"', 'level = 3, key = "来信"', "form.level"),
        ('path = "{row}"', 'path = "x"', "form.path"),
        ("years = [2024]", "years = [2024, 2020]", "form.years"),
    ],
)
def test_fault_of_meaning_is_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    """What the shape cannot show is seen when the form is put together."""
    assert old in OWN
    assert code in faults(tmp_path, OWN.replace(old, new))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('[severity]\nE99 = "note"\n', "form.unknown_code"),
        ('[[row]]\ntable = "mian"\nkey = "x"\nlabel = "x"\n', "form.overlay_place"),
        ('[[row]]\ntable = "main"\nafter = "y"\nkey = "x"\nlabel = "x"\n', "form.overlay_place"),
        ('[[extend]]\nrelation = "R3"\nright = ["x"]\n', "form.overlay_place"),
        ('[[also]]\ntable = "main"\nkey = "x"\nlabels = ["x"]\n', "form.overlay_place"),
        ('[[also]]\ntable = "x"\nkey = "x"\nlabels = ["x"]\n', "form.overlay_place"),
        ('[deadline]\ndepartment = "1-31"\ngovernment = "03-31"\nsource = "x"\n', "form.month_day"),
        (
            '[[prose]]\ncode = "P"\nkind = "zero"\npattern = "("\nseverity = "note"\nsource = ""\n',
            "form.pattern",
        ),
    ],
)
def test_fault_of_an_overlay_is_named(tmp_path: Path, more: str, code: str) -> None:
    """An overlay is held against the form that it extends."""
    assert faults(tmp_path, f'extends = "disclosure-2014"\n{more}') == [code]


def test_file_that_is_no_toml_is_told_with_the_reason(tmp_path: Path) -> None:
    """The reader's own words tell line and column."""
    assert faults(tmp_path, "id = \n") == ["form.syntax"]
    path = tmp_path / "gbk.toml"
    path.write_bytes('title = "统计表"'.encode("gbk"))
    with pytest.raises(FormError):
        load_form(path)


def test_unknown_form_is_told_with_the_nearest() -> None:
    """A slip in the id is guessed at."""
    with pytest.raises(UsageError) as raised:
        load_form("disclosure-2012")
    (problem,) = raised.value.problems
    assert problem.code == "form.unknown_form"
    assert "disclosure-2021" in problem.message("en")


@pytest.mark.parametrize("name", form_ids())
def test_form_can_be_pickled_and_compared(name: str) -> None:
    """Forms go to other processes as they are."""
    form = load_form(name)
    assert pickle.loads(pickle.dumps(form)) == form == load_form(name)
