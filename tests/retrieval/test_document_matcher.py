"""Whole documents are matched by the meaning of their parts and by their words."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.models.own import metier_encoder
from metier.retrieval.document_matcher import DocumentMatcher
from metier.testing import HashEncoder

RESUMES = [
    "Ann Lee\nTIG Welder\n- Welding of stainless pipe to drawing.\n- Forklift licence",
    "Bo Ek\nStaff Nurse\n- Cared for ventilated patients. Wound care.\n- NMC registration",
    "王芳\n会计\n负责总账、纳税申报和财务报表的编制。",
]


def test_a_posting_finds_the_resume_in_its_own_or_another_language():
    matcher = DocumentMatcher(RESUMES, encoder=metier_encoder())
    posting = "Wir suchen einen Schweißer.\nAnforderungen: WIG-Schweißen von Edelstahlrohren."
    scores = matcher.scores(
        [posting, "Accountant\nYou keep the ledger. You prepare financial statements and tax returns."]
    )
    assert scores.argmax(axis=1).tolist() == [0, 2]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=25), st.lists(st.text(max_size=60), max_size=3))
def test_any_documents_get_scores(texts, queries):
    scores = DocumentMatcher(texts, encoder=HashEncoder()).scores(queries)
    assert scores.shape == (len(queries), len(texts))
    assert np.isfinite(scores).all()
