"""The main language of resumes, short ones too."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents.language import LANGUAGES, _identifier, _is_plainly_english, detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I am a registered nurse in Leeds with ten years of experience", "en"),
        ("Ich bin Krankenschwester und arbeite seit zehn Jahren in Köln", "de"),
        ("Je suis infirmière à Paris depuis dix ans", "fr"),
        ("Soy enfermera en Madrid con diez años de experiencia", "es"),
        ("Jestem pielęgniarką w Warszawie od pięciu lat", "pl"),
        ("Jeg er sykepleier i Oslo og har jobbet i fem år", "nb"),
        ("Я медсестра и работаю в Москве", "ru"),
        ("저는 간호사입니다 서울에서 일했습니다 병원에서 근무하였습니다", "ko"),
        ("私は看護師です。東京の病院で五年間働きました。よろしくお願いします。", "ja"),
        ("我是护士", "zh"),
        ("護士，五年經驗", "zh"),
        ("精通 Java, Spring Boot, MySQL 后端开发，负责订单系统的设计与优化", "zh"),
        ("Nurse", ""),
        ("2019 – 2021 | +44 113 496 0000", ""),
        ("", ""),
    ],
)
def test_languages_are_told_apart(text, language):
    assert detect_language(text) == language


def test_a_chinese_name_does_not_make_an_english_resume_chinese():
    text = "Zhang Wei (张伟). Registered nurse with ten years of experience in hospitals and care homes in Leeds."
    assert detect_language(text) == "en"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_a_known_language_or_none(text):
    assert detect_language(text) in LANGUAGES | {""}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("You will work with the team and report to the head of the ward. We are looking for a nurse. " * 3, True),
        ("Wir suchen für unser Team in Berlin eine Pflegekraft, die mit uns an den Zielen arbeitet. " * 3, False),
        ("Wij zoeken een collega die met ons team aan de slag wil in de zorg, for the win. " * 3, False),
        ("Java, Spring, SQL, Docker, Kubernetes, Linux, Python, Git, Jenkins, Maven", False),
    ],
)
def test_plain_english_is_told_without_the_model_and_as_the_model_tells_it(text, plain):
    assert _is_plainly_english(text) is plain
    if plain:
        assert str(_identifier().classify(text)[0]) == "en"
