"""Chinese text is told from Latin text."""

from metier.models.minilm import minilm
from metier.models.script import han_share


def test_share_of_chinese_characters():
    assert han_share("") == 0
    assert han_share("Java developer 3+") == 0
    assert han_share("护士 RN") == 0.5


def test_minilm_does_not_claim_to_read_chinese():
    assert minilm().reads("Senior Java developer, 北京")
    assert not minilm().reads("高级护士,三年以上经验")
