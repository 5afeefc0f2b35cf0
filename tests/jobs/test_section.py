"""Headings, sections and sentences of postings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.jobs.section import heading_kind, split_sections, split_sentences


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Requirements", "musts"),
        ("REQUIREMENTS:", "musts"),
        ("**What you'll need**", "musts"),
        ("Skills and experience", "musts"),
        ("Experience", "musts"),
        ("Minimum qualifications", "musts"),
        ("Nice to have", "nices"),
        ("Preferred qualifications:", "nices"),
        ("Ideally you will have", "nices"),
        ("Responsibilities", "duties"),
        ("What you’ll do", "duties"),
        ("Benefits", "benefits"),
        ("How to apply", "apply"),
        ("About us", "about"),
        ("Anything else:", "body"),
        ("【任职要求】", "musts"),
        ("任职要求：", "musts"),
        ("任职资格", "musts"),
        ("二、岗位要求", "musts"),
        ("加分项", "nices"),
        ("以下条件优先", "nices"),
        ("岗位职责", "duties"),
        ("福利待遇", "benefits"),
        ("公司简介", "about"),
        ("What you'll bring 任职要求", "musts"),
        ("We're after", "musts"),
        ("Candidates must, on the closing date:", "musts"),
        ("To apply you must", "musts"),
        ("Desired candidate profile:", "musts"),
        ("What's nice", "nices"),
        ("ESSENTIAL FUNCTIONS", "duties"),
        ("In the first year we would expect you to", "duties"),
        ("What you'll get:", "benefits"),
        ("In return", "benefits"),
        ("About Quabbin", "about"),
        ("我们看重：", "musts"),
        ("你要做的：", "duties"),
    ],
)
def test_headings(line, kind):
    assert heading_kind(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Experience with Python",
        "Excellent communication skills",
        "Driving licence - essential",
        "No degree required",
        "German is a plus",
        "Bachelor's degree required, Master's preferred",
        "Ideally you hold a forklift licence",
        "Relevant experience is a plus",
        "- Requirements gathering",
        "- A full UK licence (buses: no)",
        "You need skills.",
        "Experience: 3+ years",
        "本科优先",
        "3、有经验者优先",
        "熟悉Go语言者优先",
        "经验不限",
        "不要求本科，能吃苦",
        "学历要求：不限",
        "经验要求：3-5年",
    ],
)
def test_a_requirement_is_no_heading(line):
    assert heading_kind(line) is None


def cut(text):
    return [(section.kind, text[section.start : section.end].strip()) for section in split_sections(text)]


def test_sections_by_their_headings():
    text = "We bake.\n\nRequirements\nA steady hand\n\nNice to have: Rye\n福利：双休"
    assert cut(text) == [("body", "We bake."), ("musts", "A steady hand"), ("nices", "Rye"), ("benefits", "双休")]


@pytest.mark.parametrize(
    "text",
    [
        "Requirements\n- A steady hand\n\nWe close on Mondays.",
        "Requirements\n\n- A steady hand\n\nWe close on Mondays.",
        "Requirements: A steady hand\n\nWe close on Mondays.",
    ],
)
def test_a_paragraph_after_the_list_is_no_part_of_it(text):
    (musts, body) = cut(text)
    assert musts[0] == "musts"
    assert body == ("body", "We close on Mondays.")


def test_paragraphs_without_a_list_stay_in_their_section():
    assert [kind for kind, _ in cut("Requirements\n\nA steady hand.\n\nA calm mind.")] == ["musts"]


def test_a_list_without_bullets_stays_in_its_section():
    text = (
        "Requirements\nDriving licence essential\nExcellent communication skills\nGerman preferred\nExperience with SQL"
    )
    assert cut(text) == [("musts", text.partition("\n")[2])]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Bake bread. Clean the oven!", ["Bake bread.", "Clean the oven!"]),
        ("- Bake\n* Clean\n1. Sell\n\n• Smile", ["Bake", "Clean", "Sell", "Smile"]),
        ("e.g. Rye bread. Sold daily", ["e.g. Rye bread.", "Sold daily"]),
        ("Bakes 1.5 tonnes a day", ["Bakes 1.5 tonnes a day"]),
        ("1、会烤面包；2、能吃苦。3、有证", ["会烤面包", "能吃苦。", "有证"]),
        ("1、会烤面包；2、2年经验", ["会烤面包", "2年经验"]),
        ("仓库面积2.2万平方米", ["仓库面积2.2万平方米"]),
        ("Nights 10 til 6. You bake. 3+ yrs", ["Nights 10 til 6.", "You bake.", "3+ yrs"]),
        ("(a) bake\n(b) clean", ["bake", "clean"]),
        ("---\n•\n\n", []),
        ("", []),
    ],
)
def test_sentences_and_list_items(text, sentences):
    assert [span.text for span in split_sentences(text, 0, len(text))] == sentences


WORDS = st.sampled_from(
    ["Requirements", "要求", "：", ":", "\n", "\n\n", "- ", "1. ", "Nice to have", "。", ". ", "【", "】", "//", "福利"]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=16).map("".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_sections_follow_one_another_and_sentences_lie_within(text):
    end = 0
    for section in split_sections(text):
        assert end <= section.start < section.end <= len(text)
        for span in split_sentences(text, section.start, section.end):
            assert span.is_in(text)
            assert section.start <= span.start < span.end <= section.end
        end = section.end
