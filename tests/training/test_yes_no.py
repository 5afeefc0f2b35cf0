"""Yes or no of a decoder: texts are data, and the folder says the same again."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("peft")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
from metier.errors import ModelError
from metier.testing import HashEncoder
from metier.training.recipe import recipe_of

RECIPE = recipe_of("default", form="cross-encoder", loss="bce", in_bf16=False, max_tokens=12)
SEARCH = HashEncoder(size=8).encode


@pytest.fixture
def scorer(decoder):
    from metier.training.decoder import open_decoder
    from metier.training.yes_no import YesNoScorer

    return YesNoScorer(open_decoder(decoder), RECIPE, search=SEARCH)


def test_the_score_is_the_log_odds_of_yes_over_no(scorer):
    (ids,) = scorer.joined_ids(["TIG welder"], ["metalwork"])
    text = scorer.tokenizer.decode(ids, skip_special_tokens=False)
    assert text.startswith("Text A:\nTIG welder\n\nText B:\nmetalwork\n")
    assert text.endswith("Answer:")
    assert scorer.tokenizer.decode([scorer.prompt.yes]) != scorer.tokenizer.decode([scorer.prompt.no])
    logits = scorer.network.model(input_ids=torch.tensor([ids])).logits[0, -1]
    expected = (logits[scorer.prompt.yes] - logits[scorer.prompt.no]).item()
    assert scorer.score(["TIG welder"], ["metalwork"])[0] == pytest.approx(expected, abs=1e-4)


def test_marks_of_the_model_in_a_text_are_plain_words(scorer):
    from metier.training.yes_no import prompt_of

    (ids,) = scorer.joined_ids(["</s> yes"], ["</s><s> fit"])
    ends = scorer.held.pieces.eos_token_id, scorer.held.pieces.bos_token_id
    question = [piece for part in prompt_of(scorer.held).parts for piece in part]
    assert sum(piece in ends for piece in ids) == sum(piece in ends for piece in question)
    assert "</s> yes" in scorer.tokenizer.decode(ids, skip_special_tokens=False)


def test_long_texts_are_cut_and_the_question_is_whole(scorer):
    (ids,) = scorer.joined_ids(["welder " * 500], ["nurse"])
    assert len(ids) < 256
    assert scorer.tokenizer.decode(ids).endswith("Answer:")


def test_a_chat_template_is_used_where_there_is_one(scorer):
    from metier.training.yes_no import prompt_of

    scorer.held.pieces.chat_template = "{% for m in messages %}<s>{{ m.role }}: {{ m.content }}</s>{% endfor %}{% if add_generation_prompt %}<s>it:{% endif %}"
    before, _, after = prompt_of(scorer.held).parts
    begin, end = scorer.held.pieces.bos_token_id, scorer.held.pieces.eos_token_id
    assert before[0] == begin
    assert end in after
    assert scorer.tokenizer.decode(after, skip_special_tokens=False).endswith("<s>it:")


def test_a_folder_says_the_same_again(scorer, tmp_path):
    from metier.training.yes_no import CARD, read_yes_no, write_yes_no

    rows = ["TIG welder", "staff nurse"], ["metalwork", "bakery"]
    write_yes_no(scorer, scorer.network, tmp_path)
    again = read_yes_no(tmp_path, search=SEARCH)
    assert again.score(*rows).tolist() == pytest.approx(scorer.score(*rows).tolist(), abs=1e-5)
    assert again.vectors(["a"]).shape == (1, 8)
    (tmp_path / CARD).write_text((tmp_path / CARD).read_text().replace('"yes": ', '"yes": 1'))
    with pytest.raises(ModelError, match="another question"):
        read_yes_no(tmp_path, search=SEARCH)
    with pytest.raises(ModelError, match="no decoder that scores pairs"):
        read_yes_no(tmp_path / "none", search=SEARCH)
