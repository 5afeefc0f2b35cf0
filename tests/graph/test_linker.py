"""The linker finds what a text names, in English and Chinese, and takes no prose for names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.errors import NotFoundError
from metier.graph.linker import SkillLinker
from metier.graph.skill_table import skill_table

LINKER = SkillLinker()
TABLE = skill_table()


def labels(text):
    return [mention.preferred_label for mention in LINKER.link(text)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Strong JS and CSS.", "JavaScript"),
        ("You deploy to k8s.", "Kubernetes"),
        ("Skills: Go, Python", "Go (programming language)"),
        ("SQL, Python, R, Tableau", "R"),
        ("Written in C++ and Rust", "Rust (programming language)"),
        ("ASP.NET and C#", "C#"),
        ("a TIG welder, TIG welding of pipes", "perform tungsten inert gas welding"),
        ("valid FLT licence", "operate forklift"),
        ("Driving a fork-lift", "operate forklift"),
        ("phlebotomy and cannulation", "perform venepuncture procedures"),
        ("current CPR/BLS card", "resuscitation"),
        ("trained in first aid", "first aid"),
        ("lesson planning", "prepare lesson content"),
        ("Level 2 Food Hygiene", "food hygiene rules"),
        ("HACCP plans", "apply HACCP"),
        ("stock control", "manage inventory"),
        ("month-end close under IFRS", "international financial reporting standards"),
        ("VAT returns", "value-added tax law"),
        ("end-to-end recruitment", "recruit employees"),
        ("SEO and copywriting", "search engine optimisation"),
        ("HPLC, GC-MS", "high-performance liquid chromatography"),
        ("managing a team of five", "lead a team"),
        ("we value team work", "work in teams"),
        ("氩弧焊工", "perform tungsten inert gas welding"),
        ("会开叉车", "operate forklift"),
        ("熟悉库存管理", "manage inventory"),
        ("能独立备课", "prepare lesson content"),
        ("数控编程经验", "program a CNC controller"),
        ("负责报税", "prepare tax returns forms"),
        ("懂机器学习", "machine learning"),
        ("良好的沟通能力", "communication"),
        ("数据分析", "data analytics"),
        ("熟练使用Vue3和MySQL", "MySQL"),
    ],
)
def test_finds_the_skill(text, label):
    assert label in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "I go to the shop.",
        "Go to our website and apply.",
        "Please see R Smith.",
        "We React quickly to feedback.",
        "a Zero Trust policy",
        "Excel at what you do!",
        "We excel in quality.",
        "heard by word of mouth",
        "the rest of the team has a rest day",
        "You have access to the gym.",
        "the head chef and his sous chef",
        "less than ten minutes",
        "now hiring in Leeds",
        "see https://python.example.com/java",
        "mail jobs@rust-kubernetes.io",
        "private health insurance and a swimming pool",
        "Please send your documents in C major",
        "绩效奖金，员工旅游",
        "研究生学历",
        "",
    ],
)
def test_takes_no_prose_for_a_name(text):
    assert labels(text) == []


def test_security_is_not_securities():
    assert "securities" not in labels("the security of the site")


def test_longest_name_wins():
    assert labels("medical insurance, machine learning engineer, React Native") == ["machine learning", "React Native"]


def test_plural_spelling_and_case_do_not_matter():
    assert labels("DATA VISUALIZATION") == labels("data visualisation") != []


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Knowledge of Java is not required.", True),
        ("You do not need Java.", True),
        ("no Java", True),
        ("不要求Java", True),
        ("无需焊接经验", True),
        ("not only Java", False),
        ("Java is required.", False),
        ("没有学历要求，熟悉Java", False),
        ("无需经验，能开叉车", False),
    ],
)
def test_says_what_is_not_needed(text, negated):
    mentions = LINKER.link(text)
    assert mentions
    assert [mention.is_negated for mention in mentions] == [negated] * len(mentions)


def test_offsets_point_to_the_mention():
    text = "熟悉氩弧焊，MIG welding\nand K8s."
    found = {text[mention.span.start : mention.span.end] for mention in LINKER.link(text)}
    assert found == {"氩弧焊", "MIG welding", "K8s"}


def test_same_text_gives_the_same_mentions():
    text = "Python, SQL and stock control; 叉车"
    assert LINKER.link(text) == SkillLinker().link(text)


def test_nearness_follows_the_table():
    tig, mig, welding = (
        TABLE.uri(label)
        for label in (
            "perform tungsten inert gas welding",
            "perform metal inert gas welding",
            "welding techniques",
        )
    )
    assert LINKER.nearness(tig, tig) == 1.0
    assert LINKER.nearness(tig, welding) == LINKER.nearness(welding, tig) == 0.6
    assert LINKER.nearness(tig, mig) == 0.35
    assert LINKER.nearness(tig, TABLE.uri("JavaScript")) == 0.0


def test_unknown_skill_raises():
    with pytest.raises(NotFoundError):
        LINKER.skill("metier:skill/nothing")


WORDS = st.sampled_from(
    [
        "Go",
        "R",
        "C++",
        "JS",
        "Java",
        "not",
        "no",
        "only",
        "and",
        ",",
        ".",
        "\n",
        "氩弧焊",
        "不要求",
        "TIG welding",
        "%",
        "a@b.cn",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=40).map(" ".join)))
def test_never_raises_and_offsets_always_fit(text):
    end = 0
    for mention in LINKER.link(text):
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.is_in(text)
        assert 0 < mention.score <= 1
        end = mention.span.end
