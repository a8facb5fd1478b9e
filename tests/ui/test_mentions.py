"""Whoever is named behind an «@» stands out in what is shown; nothing typed becomes markup."""

from __future__ import annotations

from app.ui.mentions import with_mentions

NAMES = ["Vũ Ngọc Diệp", "Vũ Ngọc", "Hoàng Mai Lan"]


def test_the_longest_name_is_marked_with_tones_or_without() -> None:
    assert str(with_mentions("Hỏi  @Vũ Ngọc Diệp nhé\n", NAMES)) == (
        'Hỏi  <strong class="named">@Vũ Ngọc Diệp</strong> nhé\n'
    )
    assert str(with_mentions("@hoang mai lan xem", NAMES)) == '<strong class="named">@hoang mai lan</strong> xem'


def test_what_is_not_a_name_stays_and_markup_is_escaped() -> None:
    assert str(with_mentions("a@b.vn <b>@Vũ Ngọc</b>", NAMES)) == (
        'a@b.vn &lt;b&gt;<strong class="named">@Vũ Ngọc</strong>&lt;/b&gt;'
    )
    assert str(with_mentions("@Vũ Ngọc <i>", [])) == "@Vũ Ngọc &lt;i&gt;"
