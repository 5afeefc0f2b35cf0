"""What postings put around a title."""

from __future__ import annotations

import numpy as np

_BEFORE = ("Senior ", "Sr. ", "Junior ", "Lead ", "Head ", "Trainee ", "Urgent: ", "Experienced ", "Assistant ")
_BEHIND = (
    *(
        " (m/w/d)",
        " (f/m/d)",
        " m/f",
        " H/F",
        " (all genders)",
        " - full time",
        " - part time",
        " II",
        " - remote",
        ", night shift",
    ),
    *(
        " needed",
        " / hybrid",
        " - urgently hiring",
        " (contract)",
        " - temporary",
        " 80-100%",
        " - London",
        " in Berlin",
        " - Paris",
    ),
)
_CHINESE_BEFORE = ("急聘", "高薪诚聘", "诚聘", "招聘", "资深", "高级", "初级", "实习", "兼职", "招")
_CHINESE_BEHIND = (
    "（包吃住）",
    "包吃住",
    "（双休）",
    " 五险一金",
    "（上海）",
    "8k-12k",
    "/提供住宿",
    "（急招）",
    "-浦东",
    " 双休",
    "（可兼职）",
    "数名",
)
_FIRST_HAN = "一"


def noisy(title: str, chance: np.random.Generator) -> str:
    """Put before or behind a title what postings put there."""
    is_chinese = any(character >= _FIRST_HAN for character in title)
    before, behind = (_CHINESE_BEFORE, _CHINESE_BEHIND) if is_chinese else (_BEFORE, _BEHIND)
    way = chance.integers(4)
    if way == 0:
        return str(chance.choice(before)) + title
    if way == 1 and not is_chinese:
        return title.upper()
    return title + str(chance.choice(behind))
