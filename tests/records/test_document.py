from metier.records.codec import from_json, to_json
from metier.records.document import Document, Line

TEXT = "张伟\nWelder  TIG 👷\n"
DOCUMENT = Document(
    source="a.pdf",
    media_type="application/pdf",
    text=TEXT,
    lines=(Line(start=0, end=2, kind="heading", font_size=14.5, is_bold=True), Line(start=3, end=16, page=2, column=1)),
    warnings=("page 3 was left out",),
)


def test_a_document_goes_to_json_and_back_with_its_layout():
    again = from_json(Document, to_json(DOCUMENT))
    assert again == DOCUMENT
    assert [again.text[line.start : line.end] for line in again.lines] == ["张伟", "Welder  TIG 👷"]
