from metier.records.codec import from_json, to_json
from metier.records.course import Course
from metier.records.skill import Mention
from metier.records.span import Span


def test_a_course_goes_to_json_and_back_with_what_it_teaches():
    text = "叉车操作培训"
    taught = Mention(span=Span.of(text, 0, 2), uri="skill:forklift", preferred_label="operate forklift")
    course = Course(id="c", name="Forklift – refresher", text=text, teaches=(taught,))
    again = from_json(Course, to_json(course))
    assert again == course
    assert again.teaches[0].span.is_in(again.text)
