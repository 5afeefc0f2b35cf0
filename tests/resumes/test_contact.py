"""Who the person is and how to reach them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents import read_bytes
from metier.records.span import Span
from metier.resumes.contact import find_basics


@pytest.fixture
def basics_of(document_of):
    def find(text, name="resume.txt"):
        document = document_of(text, name)
        return find_basics(document, document.lines, summary=None)

    return find


def value(found):
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Smith\nRegistered Nurse", "Jane Smith"),
        ("JANE SMITH", "JANE SMITH"),
        ("Curriculum Vitae\nJane Smith", "Jane Smith"),
        ("Senior Java Developer\nJohn Carter", "John Carter"),
        ("Jane Smith | Welder | York", "Jane Smith"),
        ("Jane Smith, RN", "Jane Smith"),
        ("Jane Smith    Leeds LS1 4AP", "Jane Smith"),
        ("Dr. Anna-Maria Müller, PhD", "Dr. Anna-Maria Müller"),
        ("María del Carmen García", "María del Carmen García"),
        ("Ludwig van der Berg", "Ludwig van der Berg"),
        ("Seán O'Neill", "Seán O'Neill"),
        ("J. K. Rowling", "J. K. Rowling"),
        ("Name: Jane Smith   Age: 30", "Jane Smith"),
        ("张伟\n上海", "张伟"),
        ("北京\n张伟", "张伟"),
        ("个人简历\n欧阳娜娜 | 会计", "欧阳娜娜"),
        ("阿卜杜·热合曼\n厨师", "阿卜杜·热合曼"),
        ("姓名：张伟   性别：男", "张伟"),
        ("現居地：台北市\n姓  名：王小明", "王小明"),
        ("jane smith", None),
        ("Registered Nurse", None),
        ("RESUME", None),
        ("护士", None),
        ("Leeds, UK\n+44 113 496 0000", None),
    ],
)
def test_the_name_stands_at_the_head(basics_of, text, name):
    assert value(basics_of(text).name) == name


def test_the_largest_line_is_the_name(basics_of):
    page = "<p>Contact Me</p><h1>Jane Smith</h1><p>Mary Berry</p>"
    assert value(basics_of(f"<html><body>{page}</body></html>", "resume.html").name) == "Jane Smith"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Jane Smith\nRegistered Nurse\nLeeds", "Registered Nurse"),
        ("Jane Smith | Welder | York", "Welder"),
        ("Jane Smith, RN", "RN"),
        ("Desired position: Night nurse | Leeds", "Night nurse"),
        ("求职意向：会计   期望薪资：8000", "会计"),
        ("应聘职位：Java后端工程师\n现居：上海", "Java后端工程师"),
        ("Jane Smith\nI worked as a nurse.", None),
    ],
)
def test_the_label_is_the_role_without_the_name(basics_of, text, label):
    assert value(basics_of(text).label) == label


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("mail: john.doe+cv@sub.example.co.uk.", "john.doe+cv@sub.example.co.uk"),
        ("邮箱zhang@example.cn，手机13800138000", "zhang@example.cn"),
        ("<jane@example.org>", "jane@example.org"),
        ("jane@example", None),
        ("@jane", None),
        ("x" * 5000, None),
    ],
)
def test_an_address_of_electronic_mail(basics_of, text, email):
    assert value(basics_of(text).email) == email


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("Tel: (0113) 496 0000", "(0113) 496 0000"),
        ("+1 (415) 555-2671", "+1 (415) 555-2671"),
        ("手机：+86 138 0013 8000", "+86 138 0013 8000"),
        ("电话13800138000", "13800138000"),
        ("Nurse, 2019 - 2021", None),
        ("身高180", None),
    ],
)
def test_a_telephone_number(basics_of, text, phone):
    assert value(basics_of(text).phone) == phone


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://jane.example/cv, www.x.example", "https://jane.example/cv"),
        ("LinkedIn: linkedin.com/in/jane-smith)", "linkedin.com/in/jane-smith"),
        ("主页https://zhang.example/cv，邮箱", "https://zhang.example/cv"),
        ("github", None),
    ],
)
def test_a_link_ends_where_the_sentence_goes_on(basics_of, text, url):
    assert value(basics_of(text).url) == url


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("Jane Smith\nLeeds, UK", "Leeds", "GB"),
        ("Address: 1 High Street, York", "York", "GB"),
        ("Born in Paris\nLives in Dublin", "Dublin", "IE"),
        ("籍贯：四川成都\n现居：上海", "Shanghai", "CN"),
        ("現居地：台北市", "Taipei", "TW"),
    ],
)
def test_the_place_is_where_the_person_lives(basics_of, text, city, country):
    place = basics_of(text).location.value
    assert (place.city, place.country) == (city, country)


@pytest.mark.parametrize(
    "text", ["Place of birth: Cairo", "Nationality: Egyptian, Cairo", "籍贯：四川成都", "户口：北京"]
)
def test_a_place_of_birth_is_no_place_to_live(basics_of, text):
    assert basics_of(text).location is None


def test_the_summary_is_quoted(document_of):
    document = document_of("Jane Smith\nTen years of care.")
    basics = find_basics(document, document.lines, summary=Span.of(document.text, 11, 29))
    assert basics.summary.value == basics.summary.span.text == "Ten years of care."


HEAD = st.lists(
    st.sampled_from(
        "Jane Smith | Nurse · , 姓名： 张伟 Name: +44 113 496 0000 a@b.cn https://x 现居 上海 Leeds RN \n".split(" ")
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(HEAD)
def test_what_is_found_stands_where_it_says(text):
    document = read_bytes(f"Resume\n{text}".encode(), "resume.txt")
    basics = find_basics(document, document.lines, summary=None)
    for found in (basics.name, basics.label, basics.email, basics.phone, basics.url):
        assert found is None or document.text[found.span.start : found.span.end] == found.span.text == found.value
    assert basics.location is None or basics.location.span.is_in(document.text)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("姓名：沈雨桐\n现居：苏州", "沈雨桐"),
        ("Name            : BISHNU PRASAD GURUNG\nMobile : 1", "BISHNU PRASAD GURUNG"),
        ("范琳 Lin Fan\nSingapore", "范琳 Lin Fan"),
        ("肖珂 / Ke Xiao\nBerlin", "肖珂 / Ke Xiao"),
        ("Tan Wei Ling (Evelyn)\nSingapore", "Tan Wei Ling"),
        ('William "Wil" Torres\nKilleen, TX', 'William "Wil" Torres'),
        ("GWENDOLYN (GWEN) ACHTERBERG\nBrampton", "GWENDOLYN (GWEN) ACHTERBERG"),
        ("ir. Femke de Boer-Yılmaz\nSchiedam", "ir. Femke de Boer-Yılmaz"),
        ("Education Details\nB.Tech Pune", None),
        ("Technical Skills\nSQL", None),
    ],
)
def test_names_of_many_forms(document_of, head, name):
    document = document_of(head)
    found = find_basics(document, document.lines, summary=None).name
    assert (found and found.value) == name


@pytest.mark.parametrize(
    ("head", "city"),
    [
        ("PRESTON DALE\nSheffield S14", "Sheffield"),
        ("RAJESHWARI SUBRAMANIAN (PT)\nPune 411027", "Pune"),
        ("Jane Smith\nHr", None),
    ],
)
def test_a_name_or_two_letters_are_no_place(document_of, head, city):
    document = document_of(head)
    found = find_basics(document, document.lines, summary=None).location
    assert (found and found.value.city) == city


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rosa Baker\nrosa.baker@example.org\n\nExperience\nWelder, Acme Ltd, 2019 - 2023\n", "Rosa Baker"),
        ("Tom Cook | tcook@example.org\n\nExperience\nWelder, Acme Ltd, 2019 - 2023\n", None),
    ],
)
def test_a_name_that_is_also_a_trade_is_told_by_the_mail_address(basics_of, text, name):
    found = basics_of(text).name
    assert (found.value if found else None) == name
