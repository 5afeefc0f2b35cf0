from metier.records.codec import from_json, to_json
from metier.records.explanation import Explanation, Reason
from metier.records.requirement import Requirement
from metier.records.span import Span

NEED = Requirement(span=Span(text="Forklift licence", start=8, end=24), kind="licence")


def test_reasons_and_gaps_keep_their_order_and_a_reason_may_lack_evidence():
    reasons = tuple(
        Reason(requirement=NEED, verdict=verdict, evidence=None, share=share, sentence=f"“{verdict}” 。")
        for verdict, share in (("missing", -0.1), ("met", 0.2))
    )
    explanation = Explanation(reasons=reasons, gaps=("z", "a"), summary="1 / 2")
    again = from_json(Explanation, to_json(explanation))
    assert [reason.verdict for reason in again.reasons] == ["missing", "met"]
    assert again.gaps == ("z", "a")
    assert again == explanation
