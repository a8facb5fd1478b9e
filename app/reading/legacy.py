"""Text in the older Vietnamese code TCVN3 (the fonts named .Vn…), told from Unicode and brought into it."""

from __future__ import annotations

import re

# TCVN 5712:1993, as the .Vn fonts show it: the letters of Latin-1 and the Vietnamese letters they stand for.
_CODES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TABLE = str.maketrans(_CODES, _LETTERS)
_TELLTALE = re.compile("[µ¶·¸¹º»¼½¾¨©ª«¬®¡¢§£¤¥¦\xad]")
UNICODE_LETTER = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
# Syllables that no Vietnamese letter of an office is without.
_COMMON = re.compile(r"(?<!\w)(?:và|của|các|được|với|trong|công|việc|đồng|chí|hiện|ngày|báo|cáo|về|phường|xã)(?!\w)")
_FEW, _ENOUGH = 8, 5


def is_tcvn3(text: str) -> bool:
    """Say whether Latin-1 letters stand for Vietnamese ones: many of them, and everyday syllables when brought over."""
    sample = text[:20_000]
    strange = len(_TELLTALE.findall(sample))
    if strange < _FEW or strange < 4 * len(UNICODE_LETTER.findall(sample)):
        return False
    return len(_COMMON.findall(from_tcvn3(sample).lower())) >= _ENOUGH


def from_tcvn3(text: str) -> str:
    """Return TCVN3 text in Unicode."""
    return text.translate(_TABLE)
