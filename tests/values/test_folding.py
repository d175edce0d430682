"""Labels folded for matching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.values.folding import fold_label, fold_text, split_mark, strip_mark


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("政府网站公开政府信息数", "政府网站 公开\n政府信息数"),
        ("（不同渠道）", "(不同渠道)"),
        ("ＡＢＣ１２３", "abc123"),
        ("宁党办〔2016〕54号", "宁党办【２０１６】54号"),
        ("宁党办〔2016〕54号", "宁党办﹝2016﹞54号"),
        ("宁党办〔2016〕54号", "宁党办[2016]54号"),
        ("《条例》", "〈条例〉"),
        ("《条例》", "<条例>"),
        ("“一网通办”", '"一网通办"'),
        ("“一网通办”", "「一网通办」"),
        ("2018—2019", "2018-2019"),
        ("填报单位（盖章）：", "填报单位(盖章):"),
        ("甲、乙", "甲,乙"),
        ("二○一八", "二〇一八"),
        ("⼀般", "一般"),
        ("单位\u00a0名称\u3000", "单位名称"),
        ("单位\u200b名\ufeff称", "单位名称"),
        ("单位_x000D_\n名称", "单位名称"),
        ("63%～68%", "63%~68%"),
    ],
)
def test_two_hands_writing_the_same_fold_alike(one: str, other: str) -> None:
    """Width, spaces, breaks, brackets, quotes, dashes, case, look-alikes."""
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("当面申请数", "传真申请数"),
        ("按时办结数", "延期办结数"),
        ("（一）", "（二）"),
        ("1.5", "15"),
        ("2018年", "2019年"),
    ],
)
def test_different_labels_stay_different(one: str, other: str) -> None:
    """Folding joins writings, not meanings."""
    assert fold_text(one) != fold_text(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """Folded text is in its last form."""
    assert fold_text(fold_text(text)) == fold_text(text)


@given(st.text("（）()一、.．1 政府信息〔〕\n：", max_size=12))
def test_mark_and_rest_are_the_label(text: str) -> None:
    """Splitting neither loses nor moves a character, spaces aside."""
    mark, rest = split_mark(text)
    assert "".join((mark + rest).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("label", "mark"),
    [
        ("一、主动公开情况", "一、"),
        ("十二、其他", "十二、"),
        ("（一）收到申请数", "（一）"),
        ("(一) 收到申请数", "(一)"),
        ("（ 一 ）收到申请数", "（一）"),
        ("〔一〕收到申请数", "〔一〕"),
        ("1.政府公报", "1."),
        ("1．政府公报", "1．"),
        ("１． 政府公报", "１．"),
        ("1 . 政府公报", "1."),
        ("1、政府公报", "1、"),
        ("1)政府公报", "1)"),
        ("（1）政府公报", "（1）"),
        ("①政府公报", "①"),
        ("⑴政府公报", "⑴"),
        ("⒈政府公报", "⒈"),
        ("㈠政府公报", "㈠"),
    ],
)
def test_numbering_mark_is_split_off(label: str, mark: str) -> None:
    """The marks of GB/T 9704 and those that sheets use instead."""
    found, rest = split_mark(label)
    assert found == mark
    assert rest in ("主动公开情况", "其他", "收到申请数", "政府公报")
    assert strip_mark(label) == rest


@pytest.mark.parametrize(
    "label",
    [
        "1.5万元",
        "2018年",
        "12345热线",
        "（2018）1号",
        "（不含公报）数",
        "一次性告知数",
        "一、",
        "①",
        "第一季度",
        "",
    ],
)
def test_what_is_no_numbering_mark_stays(label: str) -> None:
    """Numbers, years and words in brackets belong to the label; so does a mark that is all."""
    assert split_mark(label) == ("", label)


def test_label_folds_without_mark_and_colon() -> None:
    """What is left is what the label says."""
    assert fold_label("（二） 填报单位（盖章）：") == "填报单位(盖章)"
    assert fold_label("2．政务微博\n公开政府信息数") == "政务微博公开政府信息数"
