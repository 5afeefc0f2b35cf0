"""Levels of education that a text names, ordered from none to doctorate."""

from __future__ import annotations

import re

from metier.records.requirement import EducationLevel
from metier.records.span import Found, Span

_PATTERNS: tuple[tuple[EducationLevel, str], ...] = (
    ("doctorate", r"(?i:\bph\.?\s?d\b\.?|\bdoctora(?:te|l)\b|\bdoctor of (?:philosophy|engineering|education|pharmacy)|\bpharmd\b"
                  r"|\bdr\. ?(?:rer|phil|ing)\b|博士)"),
    ("master", r"(?i:\bmaster['’]?s(?: degree)?\b|\bmaster of [A-Z]\w+|\bmasters? degree\b|\bpost-?graduate (?:degree|diploma|cert\w*)"
               r"|\bpgce\b|\bpgde\b|\bm\.?sc\b\.?|\bmba\b|\bm\.?eng\b|\bm\.?ed\b|\bm\.?phil\b|\bll\.?m\b|\bmsw\b|\bm\.?tech\b"
               r"|\bdiplom(?:-| )?(?:ingenieur|kaufmann)\w*|硕士|碩士|研究生)"
               r"|\bM\.?A\.?(?= in\b| \()|\bM\.?S\.?(?= in\b| \(|, )(?! (?:Excel|Word|Office|Access))"),
    ("bachelor", r"(?i:\bbachelor['’]?s?(?: degree| of \w+)?\b|\bb\.?sc\b\.?(?: ?\(hons\))?|\bb\.?eng\b|\bb\.?tech\b|\bb\.?com\b|\bb\.?ed\b"
                 r"|\bbba\b|\bll\.?b\b|\bb\.?n\b(?= )|\bbsn\b|\bb\.?arch\b|\bundergraduate degree\b|\buniversity degree\b|\bcollege degree\b"
                 r"|\bhonou?rs degree\b|\bfour-year degree\b|\b4[- ]year degree\b|\bdegree[- ]level\b|(?<!['’]s )\bdegree (?:in|required|or equivalent|qualified)\b"
                 r"|\b(?:relevant|related|any) degree\b|\bno degree\b|\ba degree\b|(?<!['’]s )\bdegree (?:is )?(?:not )?(?:necessary|needed|essential|preferred)\b"
                 r"|本科|学士|學士|大学学历)"
                 r"|\bB\.?A\.?(?:/B\.?S\.?)?(?= |,|\)|/|$)(?! Flight)|\bB\.?S\.?(?= in\b| degree|, | \()"),
    ("associate", r"(?i:\bassociate(?:['’]?s)? degree\b|\bassociate of (?:science|arts|applied)\b|\bfoundation degree\b|\bhnd\b|\bhnc\b"
                  r"|\bhigher national\b|大专|大專|专科|專科|高职)"),
    ("vocational", r"(?i:\bnvq\b(?: level \d)?|\bsvq\b|\bbtec\b|\bapprentice(?:ship)? (?:completed|qualification|certificate)|\bcompleted apprenticeship\b"
                   r"|\btime[- ]served\b|\bcity (?:&|and) guilds\b|\btrade (?:certificate|qualification|school)\b|\bvocational (?:qualification|training|diploma)\b"
                   r"|\bcertificate i{1,3}v?\b|\bausbildung\b|\bberufsausbildung\b|\btrade qualified\b|\bdiploma in\b|\bnational diploma\b"
                   r"|\blevel [2345] (?:diploma|certificate|qualification|nvq)\b|中专|中專|技校|职高|中技|职业学校|技工学校)"),
    ("upper_secondary", r"(?i:\bhigh[- ]school (?:diploma|graduate|degree|education)\b|\bged\b|\ba[- ]levels?\b|\bleaving cert(?:ificate)?\b|\babitur\b"
                        r"|\bbaccalaur[eé]at\b|\bsecondary school (?:diploma|certificate)\b|\bmatura\b|\byear 12\b|\bhigher secondary\b|高中)"),
    ("school", r"(?i:\bgcses?\b|\bjunior cert\b|\byear 10\b|\bhauptschul\w+|\brealschul\w+|初中)"),
)  # fmt: skip
_UNLIMITED = re.compile(r"学历不限|不限学历|學歷不限|不限學歷|学历不作要求|对学历无要求")


def find_education(text: str) -> list[Found[EducationLevel]]:
    """Find the levels of education that a text names, in the text's order.

    Args:
        text: A sentence or a section.

    Returns:
        One entry for each place that names a level; `学历不限` gives the level `none`.
    """
    found: list[Found[EducationLevel]] = [
        Found(value="none", span=Span.of(text, *unlimited.span())) for unlimited in _UNLIMITED.finditer(text)
    ]
    for level, pattern in _PATTERNS:
        found += [Found(value=level, span=Span.of(text, *named.span())) for named in re.finditer(pattern, text)]
    found.sort(key=lambda entry: (entry.span.start, -entry.span.end) if entry.span else (0, 0))
    return found
