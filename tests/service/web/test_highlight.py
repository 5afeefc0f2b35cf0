from metier.records.span import Span
from metier.service.web.highlight import Piece, cut


def test_overlapping_quotes_share_their_pieces():
    text = "weld steel frames"
    pieces = cut(text, [("r1", Span.of(text, 0, 10)), ("r2", Span.of(text, 5, 17))])
    assert pieces == [
        Piece(text="weld ", names="r1"),
        Piece(text="steel", names="r1 r2"),
        Piece(text=" frames", names="r2"),
    ]


def test_a_quote_that_does_not_stand_in_the_text_is_left_out():
    assert cut("weld", [("r1", Span(text="steel", start=10, end=15))]) == [Piece(text="weld")]
    assert cut("", []) == []
