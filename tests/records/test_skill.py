from metier.records.codec import from_json, to_json
from metier.records.skill import Mention, Occupation, Skill
from metier.records.span import Span


def test_concepts_go_to_json_and_back():
    for concept in (
        Skill(uri="esco:1", preferred_label="TIG welding", alt_labels=("GTAW", "氩弧焊")),
        Occupation(uri="esco:2", preferred_label="welder", isco_group="7212"),
    ):
        assert from_json(type(concept), to_json(concept)) == concept


def test_a_mention_is_sure_and_not_negated_unless_the_text_says_otherwise():
    mention = Mention(span=Span(text="Java", start=3, end=7), uri="skill:java", preferred_label="Java")
    assert (mention.score, mention.is_negated) == (1.0, False)
    assert from_json(Mention, to_json(mention)) == mention


def test_equal_mentions_count_once_in_a_set():
    one, other = (Mention(span=Span(text="Java", start=3, end=7), uri="u", preferred_label="Java") for _ in range(2))
    assert len({one, other}) == 1
