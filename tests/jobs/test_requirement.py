"""What a posting asks for: kind, must or nice, waived or not, and the quote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.linker import SkillLinker
from metier.jobs.requirement import find_requirements
from metier.jobs.section import split_sections

GRAPH = SkillLinker()


def needs(text):
    return find_requirements(text, split_sections(text), GRAPH)


def under(line, heading="Requirements"):
    return needs(f"{heading}\n- {line}")


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("Bachelor's or Master's degree", "education", "bachelor"),
        ("大专及以上学历", "education", "associate"),
        ("Forklift licence", "licence", "forklift"),
        ("持叉车证", "licence", "forklift"),
        ("German (B2)", "language", "de"),
        ("英语六级", "language", "en"),
        ("Three years of experience", "experience", 3),
        ("经验要求：3-5年", "experience", 3),
        ("Experience: 2+ years", "experience", 2),
        ("You must have the right to work in the UK", "work_authorisation", None),
        ("No visa sponsorship", "work_authorisation", False),
        ("Visa sponsorship available", "work_authorisation", True),
        ("Lift 25 kg", "physical", None),
        ("Ready to work nights", "schedule", None),
        ("Must live within 20 miles", "location", None),
        ("A calm mind", "other", None),
    ],
)
def test_kinds_and_values(line, kind, value):
    need = next(need for need in under(line) if need.kind == kind)
    assert value in (need.education, need.licence, need.language, need.years_min, need.sponsorship)
    assert (need.importance, need.is_waived) == ("must", False)


@pytest.mark.parametrize(
    "line",
    [
        "No degree required.",
        "A degree is not required.",
        "No driving licence needed",
        "No German required",
        "No experience necessary, full training given",
        "不限学历",
        "学历要求：不限",
        "经验不限",
        "无需驾照",
        "不要求本科",
    ],
)
@pytest.mark.parametrize("heading", ["Requirements\n", "任职要求：\n- ", ""])
def test_what_is_not_needed_is_waived(heading, line):
    found = needs(heading + line)
    assert found
    assert all(need.is_waived for need in found)


@pytest.mark.parametrize(
    "line",
    [
        "German is a plus",
        "Forklift licence preferred",
        "Driving licence (desirable)",
        "Ideally you hold a forklift licence",
        "Knowledge of SQL would be great",
        "本科优先",
        "会开叉车者优先",
        "熟悉Go语言者优先",
    ],
)
def test_a_wish_is_nice(line):
    assert {need.importance for need in under(line)} == {"nice"}
    assert {need.importance for need in needs(f"任职要求：\n1、{line}")} == {"nice"}


def test_the_heading_makes_a_wish_unless_the_line_insists():
    assert under("SQL", "Nice to have")[0].importance == "nice"
    assert under("A licence is required: forklift licence", "Nice to have")[0].importance == "must"


@pytest.mark.parametrize(
    ("line", "importances"),
    [
        ("Driving licence required, forklift licence a plus", {"driving_b": "must", "forklift": "nice"}),
        ("Bachelor's degree required, German a plus", {"bachelor": "must", "de": "nice"}),
        ("5年以上Java开发经验，本科及以上学历，英语六级优先", {5.0: "must", "bachelor": "must", "en": "nice"}),
    ],
)
def test_a_sentence_with_a_must_and_a_wish(line, importances):
    found = {need.years_min or need.education or need.language or need.licence: need.importance for need in under(line)}
    assert {key: found[key] for key in importances} == importances


def test_a_skill_that_is_required_beside_a_wish_stays_required():
    (need,) = under("Knowledge of Python required, Tableau is a plus")
    assert need.importance == "must"


def test_skills_by_other_names_and_no_prose():
    labels = [mention.preferred_label for need in under("JS, k8s, Go, R and Rust") for mention in need.mentions]
    assert labels == ["JavaScript", "Kubernetes", "Go (programming language)", "R", "Rust (programming language)"]
    assert [
        mention for need in under("We go the extra mile; rust removal; ask for R Smith") for mention in need.mentions
    ] == []


def test_duties_ask_nothing_unless_they_insist():
    assert needs("What you will do\n- Weld pipes with TIG welding\n- Drive a van") == []
    assert [need.licence for need in needs("What you will do\n- Drive a van, driving licence required")] == [
        "driving_b"
    ]


def test_conditions_hide_among_benefits():
    assert [need.kind for need in needs("Benefits\n- Free lunch\n- We cannot sponsor visas")] == ["work_authorisation"]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Fluent English.", "language"),
        ("High school diploma or GED.", "education"),
        ("2+ years, some of it on boats", "experience"),
        ("We'd want three years at junior sous level.", "experience"),
        ("Must be qualified with own clippers.", "other"),
        ("Own two wheeler must.", "other"),
        ("We are hoping for four years in product management.", "experience"),
        ("Appointment needs Garda vetting.", "licence"),
        ("不看学历", "education"),
    ],
)
def test_what_an_ad_without_headings_asks(sentence, kind):
    assert kind in {need.kind for need in needs(f"We bake bread.\n\n{sentence}")}


@pytest.mark.parametrize(
    "sentence",
    [
        "You'll learn how to coach CPR down a telephone.",
        "As our baker you will share your communication skills.",
        "We offer Excel training.",
        "Companies are able to use our Excel tool, built by experienced people.",
        "Our meters must live ten years on one battery.",
        "Just tell us what you need.",
        "All qualified applicants will receive consideration.",
        "We hire regardless of citizenship or Python skills.",
        "An Excel certificate is not necessary.",
        "We meet four times a year in Leipzig.",
        "Send your CV and trade certificate.",
        "行政前台负责会议室和采购",
        "因分部成立，增招会计3名",
        "另招英语流利的销售1名",
    ],
)
def test_what_only_tells_asks_nothing(sentence):
    assert needs(f"We bake bread.\n\n{sentence}") == []


@pytest.mark.parametrize("line", ["welder qualification on the shop floor", "Prepare visa papers"])
def test_duties_name_licences_and_ask_for_none(line):
    assert {need.kind for need in needs(f"What you will do\n- {line}")} <= {"work_authorisation"}


@pytest.mark.parametrize(
    ("line", "importances"),
    [
        ("Paediatric first aid – or we will book it", {"first_aid": "nice"}),
        ("Safe Pass, or willingness to obtain it", {"cscs": "nice"}),
        ("Got your NPLQ?", {"lifeguard": "nice"}),
        ("公司出钱考护士证", {"nursing_registration": "nice"}),
        ("We pay for your enhanced DBS, which is required", {"background_check": "must"}),
        ("German or French fluently", {"de": "nice", "fr": "nice"}),
        ("German at B2 or better and good English", {"de": "must", "en": "must"}),
        ("要求：A2驾照，跑过山区的优先", {"driving_ce": "must"}),
        ("6年以上消费品（美妆优先）市场经验", {6.0: "must"}),
        ("AAT Level 3, or two years of bookkeeping", {2.0: "nice"}),
        ("Minimum three years of retail, ideally in fashion", {3.0: "must"}),
        ("Welsh speakers earn a £1,000 supplement", {"cy": "nice"}),
    ],
)
def test_what_can_wait_or_has_an_alternative_is_no_must(line, importances):
    found = {need.years_min or need.language or need.licence: need.importance for need in under(line)}
    assert {key: found[key] for key in importances} == importances


def test_a_language_is_asked_for_once():
    (need,) = under("German B1, because the control room speaks only German")
    assert (need.language, need.language_level) == ("de", "B1")


def test_a_paid_visa_is_no_right_to_work():
    assert "work_authorisation" not in {need.kind for need in under("Flight and visa")}


def test_an_english_teacher_need_not_speak_of_it():
    assert "language" not in {need.kind for need in under("English teacher with patience")}


@pytest.mark.parametrize(
    "line", ["Work with executive sponsors", "Care for senior citizens", "You may opt out of the pension"]
)
def test_sponsors_citizens_and_options_are_no_right_to_work(line):
    assert {need.kind for need in under(line)} == {"other"}


def test_a_very_long_list_is_cut_off():
    assert len(needs("Requirements\n" + "- A calm mind and a steady hand\n" * 500)) == 60


WORDS = st.sampled_from(
    [
        "Requirements\n",
        "任职要求：\n",
        "- ",
        "\n",
        "no ",
        "degree",
        "German",
        "3 years experience",
        "，",
        "优先",
        "a plus",
        "叉车证",
        "JS",
        "visa",
        ". ",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=16).map("".join))
def test_every_quote_stands_in_the_text(text):
    for need in needs(text):
        assert need.span.is_in(text)
        assert all(mention.span.is_in(text) for mention in need.mentions)


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Forklift licence", ["licence"]),
        ("Forklift licence and knowledge of TIG welding", ["licence", "skill"]),
        ("Bachelor's degree in nursing", ["education"]),
    ],
)
def test_what_a_licence_or_a_degree_asks_is_not_asked_again_as_a_skill(line, kinds):
    assert [need.kind for need in under(line)] == kinds


def test_ideally_speaks_of_what_follows_it():
    (welding,) = [
        need for need in under("Experience of TIG welding, ideally on stainless steel") if need.kind == "skill"
    ]
    assert welding.importance == "must"
    assert {need.importance for need in under("Ideally experience of TIG welding")} == {"nice"}
