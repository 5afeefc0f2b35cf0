"""The pieces of a job's header: title, employer, place, and what is none of them."""

import pytest

from metier.resumes.role import cut_pieces, is_name, is_place, is_titled, read_role


def told(header):
    role = read_role(header, cut_pieces(header, 0, len(header), None))
    return role.position and role.position.value, role.employer and role.employer.value


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Installer – Reyes & Son Heating", ("Installer", "Reyes & Son Heating")),
        ("Acme Developments: Finishing Foreperson", ("Finishing Foreperson", "Acme Developments")),
        ("Weekend kitchen porter then counter, Hill Chippy", ("Weekend kitchen porter then counter", "Hill Chippy")),
        ("Stores and purchasing clerk, Hill Hardware", ("Stores and purchasing clerk", "Hill Hardware")),
        ("Night storm adjuster | Gale Adjusting", ("Night storm adjuster", "Gale Adjusting")),
        ("Saturday girl, Bob's Hand Car Wash", ("Saturday girl", "Bob's Hand Car Wash")),
        ("Service tech, residential – Kachina Cooling", ("Service tech", "Kachina Cooling")),
        ("Room senior, 2–3s – Windmill Rise Nursery", ("Room senior", "Windmill Rise Nursery")),
        ("Buyer, then Senior Buyer, Port Packaging", ("Buyer, then Senior Buyer", "Port Packaging")),
        ("Assistant (co-op, then casual), Lake Society", ("Assistant (co-op, then casual)", "Lake Society")),
        ("Staff Nurse, Intensive Care – Hill Memorial Hospital", ("Staff Nurse", "Hill Memorial Hospital")),
        ("Machinist, second shift – Wee Pump & Valve, Dayton OH", ("Machinist", "Wee Pump & Valve")),
        ("Technician | Tejo Embalagens, S.A. | Lisbon", ("Technician", "Tejo Embalagens, S.A.")),
        ("Machinist – Miami Aero Parts (closed its doors)", ("Machinist", "Miami Aero Parts")),
        ("Crew member, later estimator | Hill Roofing", ("Crew member, later estimator", "Hill Roofing")),
        ("Agency driver\tGreater Manchester, Leeds", ("Agency driver", None)),
        ("Room leader – hospital and community split", ("Room leader", None)),
        ("Technician, rotating shifts", ("Technician", None)),
        ("Paper round", (None, None)),
        ("某广告公司 AE（文案）", ("AE（文案）", "某广告公司")),
        ("麦桥出行 · 初级开发", ("初级开发", "麦桥出行")),
        ("云谷网络科技（上海）· 高级开发 / 小组负责人", ("高级开发 / 小组负责人", "云谷网络科技")),
        ("郑州某会计服务部 记账会计", ("记账会计", "郑州某会计服务部")),
        ("看机、换料、量尺寸", (None, None)),
        ("老家照顾婆婆", (None, None)),
        ("冀中安达货运", (None, "冀中安达货运")),
    ],
)
def test_title_and_employer_are_told_by_word_or_shape(header, expected):
    assert told(header) == expected


@pytest.mark.parametrize(
    ("text", "titled", "name", "place"),
    [
        ("Staff Nurse", True, True, False),
        ("Leeds", False, True, True),
        ("Pinheiro & Volk", False, True, False),
        ("same resort", False, False, False),
        ("Full-time", False, False, False),
        ("Leeds (3 days office)", False, False, True),
        ("", False, False, False),
    ],
)
def test_the_shapes(text, titled, name, place):
    assert (is_titled(text), is_name(text), is_place(text)) == (titled, name, place)


def test_a_place_beside_the_employer_is_where_the_job_was():
    header = "Lead Engineer, Acme Ltd (Leeds)"
    role = read_role(header, cut_pieces(header, 0, len(header), None))
    assert role.employer.value == "Acme Ltd"
    assert role.location.value.city == "Leeds"
    assert role.location.span.is_in(header)
