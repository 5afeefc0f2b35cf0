"""Whether a sentence of a posting asks for something, and how firmly; or tells of duties, of the employer, of the law."""

from __future__ import annotations

import re

from metier.graph.trigger import Guarded
from metier.jobs.section import SectionKind

_NICE = Guarded(
    r"\bprefer(?:red|ably|ence)\b|\bnice to have\b|\bbonus\b|\b(?:a|an|big|huge|real|definite) (?:strong |added |distinct |clear |definite |significant )?(?:plus|advantage|asset)\b|\bpluses\b|\bdesir(?:ed|able)\b"
    r"|\bideally\b|\badvantageous\b|\bhelpful\b|\bbeneficial\b|\bwould be (?:great|good|nice|useful|welcome)\b|\bwelcome\b|\bbut not (?:essential|required|necessary)\b"
    r"|\bnot essential\b|\buseful\b|\bhandy\b|\b(?:lovely|great|brilliant) (?:to have|but)\b|\bwould be lovely\b|\bfavou?red\b|\bencouraged to apply\b|\b(?:considered|thought about)\b|\binterests us\b|\bwould (?:help|suit|put you|make us|make you|fill)\b|\bnot needed but\b|\ban extra\b|\ba help\b|\bhelps(?: a lot)?(?=[.,;]|$| in | with )|\b(?:highly|well) regarded\b|\blooked on kindly\b|\blovely\b|\bnot (?:vital|compulsory|crucial)\b"
    r"|^(?:advantages?|assets?|extras?|welcome extras|nice)\s*[:：]|\bsupplement\b|\bspeakers? earn|\b(?:is|are) (?:nice|appreciated)\b|\bor not\b|\bnot a deal[- ]breaker\b|\b(?:higher|extra) (?:rate|pay)\b|\bearns? (?:you )?(?:an )?extra\b|\bvon vorteil\b|\bwünschenswert\b|\bsouhaité\w*|\bun plus\b|\bvalorable\b|优先|優先|加分|更佳|为佳|者佳|尤佳|更好|最好|方便|可放宽|在读",
)
_MUST = Guarded(
    r"\bmust\b|\brequired?\b|\brequires\b|\bessential\b|\bmandatory\b|\bneeded\b|(?<!in )(?<!the )(?<!your )\bneed\b(?! of| for| to know)|\b(?:post|role|job|position|who|candidates?) needs\b|\bnecessary\b|\bminimum\b|\bat least\b|\bhave to\b|\bshould (?:have|be|hold)\b"
    r"|(?<!if )(?<!when )(?<!where )(?<!what )(?<!once )(?<!because )(?<!that )(?<!than )(?<!unless )\byou(?: (?:have|hold|are|can|know|bring|speak)\b|['’](?:ve|re (?:an?|comfortable|experienced|qualified|fluent|confident|able)|ll (?:need|hold|bring|know|speak|be (?:\w+ )?(?:registered|qualified|licen[cs]ed)))\b)|(?<!you're )(?<!you’re )(?<!you are )\blooking for\b|\bwe(?:['’]d|['’]re| would| are)? (?:want|expect|ask|seek|hop(?:e|ing) for|after)\b|(?:^|\bbe |\byou are |\byou['’]re )able to\b|\bability to\b|\bproven (?:\w+ ){0,2}(?:experience|track|ability|skills?|record|knowledge)\b"
    r"|\b(?:experience|education|languages?)\s?:|\bexperience (?:in|with|of|as|on|using|working)\b|^experienced\b|\bexperienced (?:in|with)\b|\b(?:seek\w*|need|want)\b[^.]{0,30}\bexperienced\b|\bknowledge of\b|\bproficien\w+|\bfamiliar(?:ity)?\b|\bcomfortable with\b|\bcommand of\b|\bskills\b"
    r"|\bwanted\b|\bcompulsory\b|\bprerequisite\b|\bown (?:hand )?(?:tools|van|transport|car|vehicle|two wheeler|PPE|kit|clippers|insurance)\b|\bmin\.? \d|(?<!newly )\bqualified\b|\blicen[cs]ed\b|\btime[- ]served\b"
    r"|\b\d+\+? ?(?:yrs?|years?|months?)\b[^.\n]{0,40}\bexp(?:erience)?\b|\bexp(?:erience)? (?:in|with|of) \w|\bwe expect\b|\bbring (?:a|your|passport)\b|\bgrades? \d|\bzwingend\b|\berforderlich\b|\bvoraus\w+|\bexigé\b|必须|须|需要(?!项目)|需(?!求|要)|必备|具备|具有|熟悉|熟练|掌握|精通|持有|要求|能够|能独立|以上|经验|懂|(?<![社机工晚商协年大])会(?![议计员展场所籍友务诊遇给有为])|了解|能吃苦|身体健康|学历",
)
_PHYSICAL = re.compile(
    r"\blift(?:ing)?\b[^.\n]{0,25}(?:\d|heavy|kg|lb)|\bphysically\b|\bon your feet\b|\bstand(?:ing)? for\b|\bmanual handling\b|\bheights\b|身体健康|体力|吃苦",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"\bmust\b|\brequired\b|\bessential\b|\bmandatory\b|\bcompulsory\b|\bneeded\b|(?<!what )(?<!than )\byou(?:['’]ll| will| do)? need\b|必须|须持|必备",
    re.IGNORECASE,
)
"""Words that ask even where duties are told, or the employer speaks of itself."""
_PERSON_MUST = re.compile(
    r"^\W*(?:must|required|essential)\b|\b(?:you|candidates?|applicants?|person|people|who|holder)\b[^.]{0,30}\bmust\b|\b(?:required|essential|mandatory|compulsory|needed|must)\W*$|(?<!what )(?<!than )\byou(?:['’]ll| will| do)? need\b|\byou['’]ll be (?:\w+ )?(?:registered|qualified)\b|必须|须|必备",
    re.IGNORECASE,
)
"""Words that ask a person, not a product."""
_UNASKED = re.compile(
    r"(?:\bnot\b|n['’]t\b|\bnever\b|\bno longer\b)[^.;,:]{0,20}\b(?:need(?:ed)?|required?|necessary|essential|mandatory|compulsory|a must|expect(?:ed)?|a condition|ask for)\b"
    r"|\bno\b[^.;,:]{0,30}\b(?:needed|required|necessary)\b|\bthan you need\b|\b(?:if|as|when|where) (?:needed|required|necessary)\b|无需|不需要?|不要求|不必",
    re.IGNORECASE,
)
_EMPLOYER = re.compile(
    r"(?:we(?:['’]ll| will|['’]d| would| can| do| have| are|['’]re|['’]ve)? (?:also )?(?:offer|pay|fund|give|provide|train|teach|supply|help|support|cover|arrange|book|believe|run|make|build|look after|advertised|will|have"
    r"|follow|own|a |an |the |proud|growing|committed|participate|consider|reserve|welcome|value|encourage|respect|maintain|clean|plan|store|shortlist)|our (?!ideal)|benefits (?:after|include|from|start)|the (?:company|trust|council|group|school) )",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"(?:(?:as|in|on|over|during|with) [\w '’-]{3,60},? )?(?:you|(?:the )?(?:post ?holder|incumbent|role|position|coordinator|(?:successful|appointed) (?:candidate|applicant|person)|person appointed))"
    r"(?:['’]d| would|['’]ll| will)(?: also)? (?!need|have\b|possess|bring|hold|know|speak|like|be (?:\w+ ){0,2}(?:registered|qualified|licen[cs]ed|able|required|fluent|comfortable|experienced|someone))"
    r"|负责|协助|参与|每天|来访|我们(?!希望|需要|要求|要|看重)|公司|集团|本公司|我司|因|为了?满足|[\u4e00-\u9fff]{2,14}(?:集团|公司|医院|学校)(?:具有|是|成立|拥有|位于)",
    re.IGNORECASE,
)
_EQUALITY = re.compile(
    r"\bequal (?:employment )?opportunit|\bregardless of\b|\bwithout regard\b|\birrespective of\b|\bnational origin\b|\bsexual orientation\b|公平对待|平等",
    re.IGNORECASE,
)
_BOILERPLATE = Guarded(
    r"\bqualified (?:applicants|candidates|individuals)\b|\breasonable (?:accommodation|adjustment)|\baccommodations? (?:is|are|may|will|can)\b"
    r"|\bwho need accommodation\b|\bwe thank\b|\bdisab(?:led|ility) (?:applicants|confident)|\bguaranteed? an interview\b|\bapplications? (?:from|are|is|will|must|should|close)\b|\bshortlist|\bE-Verify\b"
    r"|\bequal suitability\b|\bplease (?:send|state|write|include|mention|use|note|apply|quote)\b|\bdo not apply\b|^(?:please )?(?:send|e-?mail|text|reply)\b|\bcompensation information\b|\breimburse|\bcriminal histor|人才公寓|免租|另招|可应聘|请勿",
)
_TAUGHT = Guarded(
    r"\byou(?:['’]ll| will) (?:learn|be (?:taught|trained|enrolled))\b|\bwe (?:put|train|teach|book|arrange|send|refresh|run the)\b|\bwe(?:['’]ll|’ll| will| can| do| would)(?: \w+)? (?:train|teach|put|book|arrange|get|send|refresh)\b|\b(?:with us|in[- ]house)\b|\btraining (?:is )?(?:given|provided)\b"
    r"|\bwilling(?:ness)? to (?:\w+ )?(?:obtain|get|gain|complete|work|acquire|apply|undertake|do|study|become|learn)\b|\bworking towards?\b|\breadiness to\b|\babl(?:e|ility) to obtain\b|\bability to obtain\b|\beligib(?:le|ility) for\b|\bor (?:\w+ )?(?:currently in|part[- ]way|will be|be part way)\b"
    r"|可考|后考|安排考|出钱考|带去办|送去考|\bor we send you\b",
)
"""What the employer lets one learn after the start, so that it is no condition."""
_PROVIDED = re.compile(
    r"\b(?:provided|paid|given|free|funded?|we(?:'ll| will|'d)? (?:pay|train|put you|fund|give|offer|support|help)|tuition|towards|training (?:given|provided))\b|可考|提供|培训",
    re.IGNORECASE,
)
_INSISTS = re.compile(r"\bmust\b|\brequired\b|\bessential\b|必须|以上", re.IGNORECASE)
REQUIRING: frozenset[SectionKind] = frozenset({"musts", "nices"})
"""Sections of which every sentence asks."""


def asks(sentence: str, kind: SectionKind) -> bool:
    """Say whether a sentence asks for something: by its words, or because its section does."""
    asked = _UNASKED.sub("", sentence)
    if _FIRM.search(asked):
        return True
    if kind == "duties" or _EMPLOYER.match(sentence):
        return False
    if kind in REQUIRING:
        return True
    if _DUTY.match(sentence):
        return False
    return bool(_MUST.search(asked) or _NICE.search(sentence) or _PHYSICAL.search(sentence))


def asks_a_person(sentence: str) -> bool:
    """Say whether a sentence insists on something of a person, not of a product."""
    return bool(_PERSON_MUST.search(sentence))


def asks_nothing(sentence: str) -> bool:
    """Say whether a sentence says of something that it is not needed."""
    return bool(_UNASKED.search(sentence))


def is_wish(clause: str) -> bool:
    """Say whether a clause wishes for something."""
    return bool(_NICE.search(clause))


def is_insisted_on(clause: str) -> bool:
    """Say whether a clause insists."""
    return bool(_INSISTS.search(clause))


def is_bodily(sentence: str) -> bool:
    """Say whether a sentence speaks of strength and health."""
    return bool(_PHYSICAL.search(sentence))


def tells(sentence: str, kind: SectionKind) -> bool:
    """Say whether a sentence tells what one will do or learn, or what the employer does."""
    is_telling = kind == "duties" or _EMPLOYER.match(sentence) or _DUTY.match(sentence)
    return bool(is_telling or can_be_learned(sentence))


def can_be_learned(sentence: str) -> bool:
    """Say whether the employer lets one get there after the start, so that it is no condition."""
    return bool(_TAUGHT.search(sentence))


def is_provided(sentence: str) -> bool:
    """Say whether the employer gives or pays what the sentence names."""
    return bool(_PROVIDED.search(sentence))


def is_about_equality(sentence: str) -> bool:
    """Say whether a sentence promises equal treatment."""
    return bool(_EQUALITY.search(sentence))


def is_boilerplate(sentence: str) -> bool:
    """Say whether a sentence speaks of the application and not of the work."""
    return bool(_BOILERPLATE.search(sentence))
