"""The sentences of explanations, from templates, in the reader's language."""

from __future__ import annotations

from typing import Literal

from metier.records.match import Coverage, CoverageVerdict

ReaderLanguage = Literal["en", "zh"]
LANGUAGES: tuple[ReaderLanguage, ...] = ("en", "zh")

_QUOTE = 90
_TEMPLATES: dict[ReaderLanguage, dict[str, str]] = {
    "en": {
        "met": "The job {asks} “{need}”; the resume shows it: “{evidence}”.",
        "met_bare": "The job {asks} “{need}”; the resume meets it{how}.",
        "partly": "The job {asks} “{need}”; the nearest in the resume is “{evidence}”.",
        "partly_bare": "The job {asks} “{need}”; the resume meets it in part.",
        "missing": "The job {asks} “{need}”; the resume does not show it.",
        "missing_shown": "The job {asks} “{need}”; the resume says “{evidence}”, which falls short.",
        "not_stated": "The job {asks} “{need}”; the resume does not say.",
        "waived": "The job says “{need}”: this is not needed.",
        "must": "asks for",
        "nice": "would like",
        "resume_language": ", being written in that language",
        "related": " ({related})",
    },
    "zh": {
        "met": "职位{asks}“{need}”，简历已体现：“{evidence}”。",
        "met_bare": "职位{asks}“{need}”，简历符合{how}。",
        "partly": "职位{asks}“{need}”，简历中最接近的是“{evidence}”。",
        "partly_bare": "职位{asks}“{need}”，简历部分符合。",
        "missing": "职位{asks}“{need}”，简历中没有体现。",
        "missing_shown": "职位{asks}“{need}”，简历写的是“{evidence}”，尚有差距。",
        "not_stated": "职位{asks}“{need}”，简历未提及。",
        "waived": "职位写明“{need}”，即无此要求。",
        "must": "要求",
        "nice": "希望",
        "resume_language": "（简历即用该语言书写）",
        "related": "（{related}）",
    },
}
_SUMMARIES: dict[ReaderLanguage, str] = {
    "en": "{met} of {total} requirements met, {partly} in part, {open} missing or not stated.",
    "zh": "共{total}项要求：符合{met}项，部分符合{partly}项，缺少或未提及{open}项。",
}


def sentence_of(entry: Coverage, language: ReaderLanguage, *, related: str = "") -> str:
    """Word one judged requirement; both quotes are literal, shortened at the end where they are long.

    Args:
        entry: The judged requirement.
        language: The reader's language.
        related: How what is asked for and what the resume shows are related, in words; put behind.
    """
    words = _TEMPLATES[language]
    if entry.means == "waived":
        return words["waived"].format(need=shorten(entry.requirement.span.text))
    said = words[_template(entry.verdict, has_evidence=entry.evidence is not None)].format(
        asks=words[entry.requirement.importance],
        need=shorten(entry.requirement.span.text),
        evidence=shorten(entry.evidence.text) if entry.evidence else "",
        how=words.get(entry.means, ""),
    )
    return said + words["related"].format(related=related) if related else said


def _template(verdict: CoverageVerdict, *, has_evidence: bool) -> str:
    if verdict == "met":
        return "met" if has_evidence else "met_bare"
    if verdict == "partly":
        return "partly" if has_evidence else "partly_bare"
    if verdict == "missing" and has_evidence:
        return "missing_shown"
    return verdict


def summary_of(entries: tuple[Coverage, ...], language: ReaderLanguage) -> str:
    """Count the verdicts in one sentence."""
    met = sum(entry.verdict == "met" for entry in entries)
    partly = sum(entry.verdict == "partly" for entry in entries)
    return _SUMMARIES[language].format(met=met, partly=partly, total=len(entries), open=len(entries) - met - partly)


def shorten(text: str) -> str:
    """Put a quote on one line and cut it at a word."""
    line = " ".join(text.split())
    if len(line) <= _QUOTE:
        return line
    cut = line[:_QUOTE].rsplit(" ", 1)[0] if " " in line[_QUOTE // 2 : _QUOTE] else line[:_QUOTE]
    return cut + " …"
