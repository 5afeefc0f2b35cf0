from metier.models.options import EncoderOptions


def test_what_changes_vectors_is_told_and_the_prompt_only_by_its_hash():
    assert EncoderOptions().suffix() == ""
    assert EncoderOptions(reads_han=False).suffix() == ""
    assert EncoderOptions(dimensions=256, max_tokens=128).suffix() == "+dimensions=256+max_tokens=128"
    prompted = {EncoderOptions(prompt=prompt).suffix() for prompt in ("query: ", "passage: ", "query:")}
    assert len(prompted) == 3
    assert all(suffix.startswith("+prompt=") and "query" not in suffix for suffix in prompted)


def test_a_model_of_latin_scripts_does_not_claim_to_read_chinese():
    latin = EncoderOptions(reads_han=False)
    assert latin.reads("Senior Java developer, 北京")
    assert not latin.reads("高级护士,三年以上经验")
    assert EncoderOptions().reads("高级护士,三年以上经验")
