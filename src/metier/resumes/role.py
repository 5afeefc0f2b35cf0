"""What a header line of a job tells: which piece is the title, which the employer, which a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from metier.graph.place import find_places
from metier.records.place import Place
from metier.records.span import Found, Span

TITLE = re.compile(
    r"\b(?:engineer|developer|programmer|architect|analyst|scientist|administrator|technician|technologist|specialist|consultant|adviser|advisor|manager|director|head|lead|leader"
    r"|officer|executive|assistant|associate|coordinator|supervisor|foreman|forewoman|operator|operative|driver|courier|mechanic|fitter|welder|fabricator|machinist|electrician|plumber"
    r"|artisan|journeyman|carpenter|joiner|bricklayer|painter|labourer|laborer|apprentice|trainee|intern|nurse|sister|midwife|carer|caregiver|aide|support worker|therapist|physiotherapist|pharmacist|dispenser"
    r"|dentist|doctor|physician|\w*medic|EMT|teacher|tutor|lecturer|professor|instructor|trainer|educator|practitioner|nanny|social worker|counsell?or|keyworker|case ?worker"
    r"|chef|cook|commis|baker|butcher|waiter|waitress|server|bartender|barista|porter|housekeeper|cleaner|janitor|receptionist|concierge|host|guard|steward"
    r"|cashier|clerk|secretary|bookkeeper|accountant|auditor|controller|buyer|planner|representative|rep|agent|broker|recruiter|partner|paralegal|lawyer|solicitor|attorney|counsel"
    r"|designer|illustrator|writer|editor|copywriter|journalist|translator|interpreter|marketer|strategist|photographer|stylist|hairdresser|barber|beautician"
    r"|surveyor|inspector|estimator|draughtsman|draftsman|picker|packer|handler|farmhand|farm worker|(?:leading|farm|deck|stable|ranch|factory) hand|gardener|groundskeeper|groundsman|worker|loader|warehouseman|banksman"
    r"|owner|founder|\w+(?:person|persons|ologist|therapist|raiser|maid)|\w*adjuster|volunteer|researcher|fellow|student|tester|scrum master|product owner|devops|sre|QA|HCA|RN|LPN|TA|PA)\b"
    r"|(?:师|师傅|员|工|经理|主管|总监|主任|组长|班长|司机|助理|会计|出纳|教师|老师|护士|护士长|医生|厨师|厨师长|店长|队长|厂长|校长|园长|班主任|专员|顾问|代表|实习生|文员|前台|客服|架构师|运营|开发|翻译|笔译|口译|编辑|设计|采购|质检|库管|跟单|保安|保洁|收银|讲师|教练|律师|负责人|技术员|焊工|电工|钳工|头锅|炉头|炒锅|打荷|學徒|學員|專員|主管|經理|組長|工程師)(?:\s*[（(].{0,16}[）)]?)?$",
    re.IGNORECASE,
)  # fmt: skip
EMPLOYER = re.compile(
    r"\b(?:ltd|limited|llc|inc|corp|corporation|plc|gmbh|ag|kg|b\.?v|s\.?a|s\.?r\.?l|s\.?p\.?a|oy|ab|a/s|pty|llp|co|company|group|holdings?|partners|associates|services|solutions|systems|technologies"
    r"|hospitals?|clinic|surgery|trust|NHS|primary|infant|schools?|society|association|club|academy|college|university|institute|nursery|kindergarten|council|county|city of|ministry|department|agency|bank|hotel|restaurant|bistro|brasserie|kitchen"
    r"|logistics|transport|haulage|construction|builders|motors|foods?|farms?|stores?|supermarket|salon|studios?|labs?|foundation|charity|centre|center|care|homes?|church|works|industries)\b"
    r"|(?:公司|集团|医院|学校|中学|小学|幼儿园|大学|学院|酒店|饭店|餐厅|酒楼|银行|工厂|制造|科技|物流|货运|运输|贸易|商贸|事务所|中心|局|研究院|厂|店|院|馆|行|部|社|园|所|園|館)(?:[（(][^）)]{0,16}[）)])?$",
    re.IGNORECASE,
)  # fmt: skip
_AGENT = re.compile(
    r"\b(?:[a-z]{3,}(?:er|or|ist|ian|ant|eer|man|men)|tech|girl|boy|lad)$|^[A-Z][a-z]{3,}(?:er|or|ist|ian|eer|man)$"
)
"""The shape of a word for someone who does something; for pieces that hold no known title."""
_NO_AGENT = re.compile(
    r"^(?:.*\s)?(?:other|later|under|over|paper|order|letter|power|number|computer|summer|winter|semester|quarter|corner|consumer|customer|career|former|after|per|human|german|floor|door|major|senior|junior|interior|center|river|water|shelter|theater|september|october|november|december)$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\b(?:unit|ward|department|team|section|care|medicine|shift|cell|desk|division|kitchen)s?$", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"^(?:remote|hybrid|full[- ]time|part[- ]time|freelance|self[- ]employed|contract|permanent|temporary|various|present|agency|casual|seasonal|voluntary|volunteer|promoted"
    r"|description|duration|responsibilities|duties|key .*|\w+ing|role|client|project.*|team size.*|environment.*|\w+ \d+)$",
    re.IGNORECASE,
)
NO_JOB = re.compile(
    r"^(?:career (?:break|gap)|gap(?: year)?|break|sabbatical|(?:at )?home with|full[- ]time (?:parent|carer|mum|dad)|(?:parental|maternity|family) leave|travell?ing|unemployed|空档期|空窗期|待业|照顾家庭)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_SMALL = frozenset("of and the for de del la le du des da do von van der und et y e i & at in on".split())
_SEPARATOR = re.compile(
    r"\s*(?:\s[|–—•·‖]\s|\t+|\s{3,}|\.{3,}|\s+@\s+|[|·•]|\s[-–—]+\s|:\s|\s+(?:at|bei|chez)\s+(?=[A-Z])|(?<=[a-z]{4})\.\s+(?=[A-Z])|[｜／]|，(?=[\u4e00-\u9fff]{2,}))\s*"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN_FIRM = re.compile(r"(?:医院|公司|集团|学校|厂)[\u4e00-\u9fff]{1,8}$")
_HAN_PHRASE = re.compile(r"^[在从给跟帮为自把被]|[、\d]")
_HAN_SEPARATOR = re.compile(
    r"(?<=[\u4e00-\u9fff）)])[ \t　]+(?![/　 ])|(?<=[^\s/])[ \t　]+(?=[\u4e00-\u9fff])|(?<=[^\s/])/(?=[^\s/])|——?"
)
_CUTTING_COMMA = re.compile(
    r",\s(?!\s*(?:ltd|limited|inc|llc|llp|plc|corp|s\.?a|s\.?l|gmbh|b\.?v|co)\b)", re.IGNORECASE
)
_THEN = re.compile(r"(?:then|later|formerly|previously)\b", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?:title|position|role|designation|company|employer|organi[sz]ation|company name|job title|岗位|职位|职务|公司|单位|公司名称|工作单位|所任职位|担任职位|company -|employer -)\s*[:：\-]"
    r"|\(?\d{1,2}[.)](?=\s))\s*",
    re.IGNORECASE,
)
_TRIM_FRONT, _TRIM_BACK = "|,;:()（）[]-–—·•，：、*.。/", "|,;:(（[-–—·•，：、*。/"
_HEAD_END = re.compile(r"\s+(?:of|for|in|with|to|on|from|at|then|and|&|/|–|-)\s|[,(（/]")
_TITLE_END = re.compile(r"\s+(?:of|for|in|with|to|on|from|at|then|–|-)\s|[,(（]")
_MOST_OF = 0.6
_FEW = 3
_LONGEST = 90
_REGION = re.compile(
    r"^(?:greater|north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|central)\s+(?=[A-Z])", re.IGNORECASE
)
_CODE = re.compile(r"[A-Za-z]{0,2}")


@dataclass(frozen=True, slots=True)
class Role:
    """What the pieces of a header tell."""

    position: Found[str] | None
    employer: Found[str] | None
    location: Found[Place] | None


def read_role(text: str, pieces: Sequence[Span]) -> Role:
    """Tell title, employer and place among the pieces of one entry's header lines.

    A title is known by its word; where no piece has such a word, by its shape: a noun for someone who does something,
    or the one piece that is no name beside one that is. What is neither stays out.
    """
    position = _position(text, pieces) or _by_shape(text, pieces)
    employer = _employer(text, pieces, position)
    return Role(
        position=_found(text, position, 0.85) if position else None,
        employer=employer,
        location=_location(text, pieces, position, employer.span if employer else None),
    )


def cut_pieces(text: str, start: int, end: int, hole: tuple[int, int] | None) -> list[Span]:
    """Cut a header line into what stands between separators; a hole, its period, is left out."""
    bounds = [(start, hole[0]), (hole[1], end)] if hole else [(start, end)]
    cuts: list[tuple[int, int]] = []
    for first, last in bounds:
        lead = _LEAD.match(text[first:last].lstrip())
        cut = first + (len(text[first:last]) - len(text[first:last].lstrip()) + lead.end() if lead else 0)
        for mark in _SEPARATOR.finditer(text, cut, last):
            cuts.append((cut, mark.start()))
            cut = mark.end()
        cuts.append((cut, last))
    return [span for first, last in cuts if (span := _trimmed(text, first, last)) is not None]


def is_place(text: str) -> bool:
    """Say whether a piece is a place and hardly anything else."""
    bare = _REGION.sub("", re.sub(r"[(（][^)）]{0,60}[)）]", "", text).strip())
    found = find_places(bare)
    if not found or _CODE.fullmatch(bare):
        return False
    if not found[0].value.city and len(bare.split()) > _FEW and re.search(r"\s[A-Z]{2}$", bare):
        return False  # `National DC` is no district of its own
    covered = sum(len(place.span.text) for place in found if place.span)
    return covered >= _MOST_OF * len(bare) or bool(re.fullmatch(r"[A-Z][\w-]+(?: [A-Z][\w-]+)? [A-Z]{2}", bare))


def is_name(text: str) -> bool:
    """Say whether a piece is written like the name of a firm: capitals but for small words, or Chinese."""
    if _NO_NAME.match(text) or NO_JOB.match(text) or "@" in text:
        return False
    if _HAN.search(text):
        return 4 <= len(text) <= 24 and not _HAN_PHRASE.search(text)
    words = re.findall(r"[^\W\d_][\w'’.-]*|&", text)
    return (
        bool(words)
        and len(words) <= 9
        and len(text) > 2
        and words[0][0].isupper()
        and all(word[0].isupper() or word in _SMALL for word in words)
    )


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in _TRIM_FRONT):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _TRIM_BACK):
        end -= 1
    lead = _LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    return Span.of(text, start, end) if end - start > 1 else None


def _parts(text: str, span: Span) -> list[Span]:
    """Cut a piece at its commas, but not within brackets or before a legal form; Chinese also at spaces and slashes."""
    marks, depth = [], 0
    for place, character in enumerate(span.text):
        if character in "(（":
            depth += 1
        elif character in ")）":
            depth = max(0, depth - 1)
        elif character == "," and depth == 0 and _CUTTING_COMMA.match(span.text, place):
            marks.append((place, place + 1))
    if _HAN.search(span.text):
        marks += [mark.span() for mark in _HAN_SEPARATOR.finditer(span.text)]
    parts, cut = [], 0
    for first, last in [*sorted(marks), (len(span.text), len(span.text))]:
        part = _trimmed(text, span.start + cut, span.start + first) if first > cut else None
        parts += [part] if part else []
        cut = max(cut, last)
    return parts


def is_titled(text: str) -> bool:
    """Say whether a piece is a title: its head has the word, or the piece is no firm's name."""
    if not TITLE.search(text):
        return False
    head = _TITLE_END.split(text, maxsplit=1)[0]
    return not EMPLOYER.search(text) or bool(TITLE.search(" ".join(head.split()[-2:])))


def _position(text: str, pieces: Sequence[Span]) -> Span | None:
    for span in pieces:
        parts = _parts(text, span)
        for number, part in enumerate(parts):
            if not is_titled(part.text) or NO_JOB.match(part.text):
                continue
            if number and _THEN.match(part.text):
                return Span.of(text, parts[number - 1].start, part.end)
            following = parts[number + 1] if number + 1 < len(parts) else None
            is_joined = following and _THEN.match(following.text) and not _HAN.search(part.text)
            return Span.of(text, part.start, following.end) if following and is_joined else part
    return None


def _by_shape(text: str, pieces: Sequence[Span]) -> Span | None:
    heads = [parts[0] for span in pieces if (parts := _parts(text, span))]
    parts = [part for span in pieces for part in _parts(text, span)]
    unnamed = [
        part
        for part in parts
        if not EMPLOYER.search(part.text) and not is_place(part.text) and not NO_JOB.match(part.text)
    ]
    for part in unnamed:
        head = _HEAD_END.split(part.text, maxsplit=1)[0]
        is_whole = part in heads or part.text[0].isupper()
        if is_whole and len(part.text) <= 60 and _AGENT.search(head) and not _NO_AGENT.match(head):
            return part
    if _HAN.search("".join(part.text for part in parts)):
        others = [part for part in parts if not EMPLOYER.search(part.text) and not is_place(part.text)]
        is_known = len(others) < len(parts) and any(EMPLOYER.search(part.text) for part in parts)
        return others[0] if is_known and len(others) == 1 and re.fullmatch(r"[^。，]{2,16}", others[0].text) else None
    plain = unnamed[0] if unnamed and unnamed[0] == heads[0] else None
    is_short = plain is not None and plain.text[0].isupper() and 1 < len(plain.text.split()) <= 4
    if (
        plain is None
        or not is_short
        or is_name(plain.text)
        or re.search(r"[\d.!?]|ing\b|\b(?:I|my|we|our)\b", plain.text)
    ):
        return None
    return plain if any(is_name(part.text) and not is_place(part.text) for part in parts if part != plain) else None


def _employer(text: str, pieces: Sequence[Span], position: Span | None) -> Found[str] | None:
    """Prefer a piece of its own to what stands beside the title, a firm's word to mere capitals, a firm to a ward."""
    ranked: list[tuple[int, int, Span]] = []
    for number, span in enumerate(pieces):
        is_own = position is None or position.end <= span.start or span.end <= position.start
        is_after_place = False
        for part in _parts(text, span):
            if position and part.start < position.end and position.start < part.end:
                continue
            bare = _without_note(text, part)
            is_after_place = is_after_place or is_place(bare.text)
            is_firm = _is_firm(bare.text)
            is_lone_han = (
                position is None and bool(_HAN.search(bare.text)) and not _HAN_FIRM.search(bare.text)
            )  # may be any words: `做三顿饭`
            is_told = is_firm or (is_name(bare.text) and not is_after_place and not is_lone_han)
            if is_place(bare.text) or _NO_NAME.match(bare.text) or NO_JOB.match(bare.text) or not is_told:
                continue
            weight = 4 * bool(_UNIT.search(bare.text)) + 2 * (not is_firm) + (not is_own)
            ranked.append((weight, number, bare))
    if not ranked:
        return None
    weight, _, best = min(ranked, key=lambda entry: entry[:2])
    return _found(text, best, 0.85 if weight < 2 else 0.6)


def _is_firm(text: str) -> bool:
    """Say whether a piece has the word of a firm; one in small letters must end in it: `state hospital`."""
    if not EMPLOYER.search(text) or len(text) > _LONGEST:
        return False
    return not text[0].islower() or (" and " not in text and bool(EMPLOYER.search(text.rsplit(maxsplit=1)[-1])))


def _without_note(text: str, part: Span) -> Span:
    """Leave out a place or a remark in brackets at the end of a firm's name."""
    note = re.search(r"\s*[(（]([^()（）]{1,80})[)）]?$", part.text)
    if note and note.start() > 1 and _is_remark(note.group(1)):
        return Span.of(text, part.start, part.start + note.start())
    return part


def _is_remark(text: str) -> bool:
    return is_place(text) or text[0].islower() or text[0].isdigit() or "已" in text or len(text.split()) > _FEW


def _location(text: str, pieces: Sequence[Span], *taken: Span | None) -> Found[Place] | None:
    for span in pieces:
        for part in _parts(text, span):
            after = max(
                (hole.end for hole in taken if hole and hole.start < part.end and part.start < hole.end), default=0
            )
            rest = _trimmed(text, max(part.start, after), part.end) if after < part.end else None
            if rest is None or not is_place(rest.text):
                continue
            found = find_places(rest.text)[0]
            if found.span is not None:
                start = rest.start + found.span.start
                return Found(value=found.value, span=Span.of(text, start, start + len(found.span.text)), confidence=0.7)
    return None


def _found(text: str, span: Span, confidence: float) -> Found[str]:
    return Found(value=span.text, span=Span.of(text, span.start, span.end), confidence=confidence)
