"""Teachers: files of scores, encoders, cross-encoders."""

import numpy as np
import pytest

from metier.errors import InputError, ModelError
from metier.testing import HashEncoder
from metier.training.pairs import Pair
from metier.training.teacher import (
    NEAREST,
    OTHERS,
    CosineTeacher,
    open_scorer,
    pairs_of_texts,
    scores_of_file,
    taught,
    with_others,
)

ENCODER = HashEncoder(size=32)
PAIRS = [Pair(left="a", right="x", label=0.0), Pair(left="b", right="y", other="z")]


def test_a_file_of_scores_teaches_what_it_holds_and_names_what_it_lacks(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("text_a,text_b,label\na,x,8\nb,y,2\n")
    teacher = scores_of_file(path)
    assert [pair.label for pair in taught(PAIRS, teacher)] == [1.0, 0.25]
    assert taught(PAIRS, teacher)[1].other == ""
    with pytest.raises(InputError, match="no score of 1 pairs, such as 'c'"):
        teacher(["c"], ["x"])
    path.write_text("text_a,text_b,label\na,x,0\n")
    with pytest.raises(InputError, match="every score is 0"):
        scores_of_file(path)


def test_probabilities_stay_as_they_are(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("text_a,text_b,label\na,x,0.5\nb,y,0.25\n")
    assert [pair.label for pair in taught(PAIRS, scores_of_file(path))] == [0.5, 0.25]


def test_an_encoder_teaches_its_cosine_and_nothing_below_nought():
    scores = CosineTeacher(ENCODER.encode)(["a", "a", "b"], ["a", "b", "c"])
    cosines = (ENCODER.encode(["a", "a", "b"]) * ENCODER.encode(["a", "b", "c"])).sum(1)
    assert scores.tolist() == pytest.approx(np.clip(cosines, 0, 1).tolist())
    assert scores[0] == pytest.approx(1)


def test_texts_are_paired_with_the_nearest_and_with_some_others():
    texts = [f"text {number}" for number in range(20)]
    pairs, nearest = pairs_of_texts(texts, ENCODER, seed=0)
    vectors = ENCODER.encode(texts)
    for pair in nearest:
        likeness = vectors @ vectors[texts.index(pair.left)]
        likeness[texts.index(pair.left)] = -1
        assert texts[int(likeness.argmax())] == pair.right
    assert all(pair.left != pair.right for pair in pairs)
    assert 20 * NEAREST < len(pairs) <= 20 * (NEAREST + OTHERS)
    assert pairs_of_texts(texts, ENCODER, seed=0) == (pairs, nearest)
    with pytest.raises(InputError, match="too few"):
        pairs_of_texts(texts[:3], ENCODER, seed=0)


def test_other_right_texts_are_drawn_beside_each_left_one():
    pairs = [Pair(left=f"l{number}", right=f"r{number}", label=2.0) for number in range(9)]
    more = with_others(pairs, seed=1)
    assert more[:9] == pairs
    assert len({(pair.left, pair.right) for pair in more}) == len(more) > 18
    assert with_others(pairs, seed=1) == more


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cross_encoder_teaches_probabilities(scorer_of, tmp_path):
    pytest.importorskip("torch")
    from metier.training.saved_scorer import write_scorer

    made = scorer_of(form="cross-encoder", loss="bce")
    (tmp_path / "ours").mkdir()
    write_scorer(made, tmp_path / "ours")
    teacher = open_scorer(f"cross:{tmp_path / 'ours'}", search=ENCODER.encode)
    rows = ["TIG welder", "staff nurse"], ["metalwork", "care"]
    expected = 1 / (1 + np.exp(-made.score(*rows)))
    assert teacher(*rows).tolist() == pytest.approx(expected.tolist(), abs=1e-3)
    with pytest.raises(ModelError, match="holds no cross-encoder"):
        open_scorer(f"cross:{tmp_path / 'none'}", search=ENCODER.encode)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cross_encoder_of_sentence_transformers_teaches_too(decoder, tmp_path):
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    torch.manual_seed(0)
    pieces = transformers.AutoTokenizer.from_pretrained(decoder.removeprefix("hf:"))
    config = transformers.BertConfig(
        vocab_size=len(pieces),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
    )
    transformers.BertForSequenceClassification(config).save_pretrained(str(tmp_path))
    pieces.save_pretrained(str(tmp_path))
    scores = open_scorer(f"cross:{tmp_path}", search=ENCODER.encode)(["welder", "nurse"], ["metalwork", "care"])
    assert scores.shape == (2,)
    assert ((scores > 0) & (scores < 1)).all()
