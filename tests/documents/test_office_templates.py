"""An office's own templates: given in, tried, filled; and what hostile ones get to hear."""

from __future__ import annotations

import io
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from app.documents.office import templates
from app.documents.office.errors import TemplateError
from app.documents.office.fields import FIELDS, sample, values_of
from app.documents.office.filling import fill
from app.documents.office.starter import starter_for
from app.documents.office.templates import check_template, fill_template
from tests.documents.hostile import HOSTILE, link, template
from tests.documents.papers import SUBJECT, Docx, make_paper
from tests.factories import browser, csrf, hold_meeting
from tests.notices import steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PAPERS = ("notice", "minutes", "invitation", "reminder", "proposal")


def body_of(made: bytes) -> Sequence[str]:
    """Return the words of each paragraph, whatever its style."""
    body = Docx(made).body
    found = ["".join(text.text or "" for text in p.iter("{*}t")) for p in body.iter("{*}p")]
    return [text for text in found if text]


@pytest.mark.parametrize("trick", HOSTILE)
def test_a_hostile_template_is_refused_with_a_clear_sentence(trick: str) -> None:
    content, sentence = HOSTILE[trick]
    with pytest.raises(TemplateError) as refused:
        fill(content, sample(), draft=False)
    assert sentence in refused.value.sentence.vi
    assert refused.value.sentence.en
    assert "Hãy" in refused.value.sentence.vi or "Chỉ dùng" in refused.value.sentence.vi


@pytest.mark.parametrize("trick", ["runs a command", "bursts", "names an outer entity"])
def test_it_is_refused_the_same_in_the_process_of_its_own(trick: str) -> None:
    content, sentence = HOSTILE[trick]
    with pytest.raises(TemplateError) as refused:
        check_template(content)
    assert sentence in refused.value.sentence.vi


def test_a_template_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "SECONDS", -templates._HEADROOM + 0.05)  # noqa: SLF001 -- the wait must be short
    began = time.monotonic()
    with pytest.raises(TemplateError) as refused:
        check_template(template("{{ trich_yeu }}"))
    assert "quá nặng" in refused.value.sentence.vi
    assert time.monotonic() - began < 5


def test_a_template_that_needs_too_much_memory_is_given_up() -> None:
    many = "{% for a in noi_dung %}{% for b in noi_dung %}{{ a.dong }}{{ b.dong }}{% endfor %}{% endfor %}"
    paper = make_paper(text=make_paper().text * 2000)
    began = time.monotonic()
    with pytest.raises(TemplateError) as refused:
        fill_template(template(many), paper)
    assert "quá nặng" in refused.value.sentence.vi
    assert time.monotonic() - began < 60


def test_unknown_fields_are_listed_all_at_once() -> None:
    content = template(
        "{{ trich_yeu }} {{ so_van_ban }}", "{% for d in noi_dung %}{{ d.dong }}{{ d.mau }}{% endfor %}", "{{ nguoi }}"
    )
    with pytest.raises(TemplateError) as refused:
        check_template(content)
    assert "«so_van_ban», «d.mau», «nguoi»" in refused.value.sentence.vi
    assert "trich_yeu" not in refused.value.sentence.vi


def test_a_plain_template_is_filled_with_words_that_stay_words() -> None:
    content = template(
        "{{ so_ky_hieu }}", "{{ trich_yeu|upper }}", "{% if muc_do_khan %}{{ muc_do_khan }}{% endif %}",
        "{%p for d in noi_dung %}", "{{ loop.index }}: {{ d.dong }}", "{%p endfor %}",
        parts=link("hyperlink", "https://example.gov.vn/"),
    )  # fmt: skip
    paper = make_paper(subject="<b>&amp; {{ 7*7 }} {% raw %}")
    lines = body_of(fill_template(content, paper))
    assert lines[0] == "Số: 05/TB-BCĐ"
    assert lines[1] == "<B>&AMP; {{ 7*7 }} {% RAW %}"
    assert lines[2] == "Khẩn"
    assert lines[4] == "2: I. Về ứng dụng nội bộ"
    assert len(lines) == 3 + len(paper.text)


def test_control_characters_do_not_break_a_template() -> None:
    assert body_of(fill_template(template("{{ trich_yeu }}"), make_paper(subject="Họp\x0b\x00"))) == ["Họp"]


def test_a_draft_is_marked_whatever_the_template_says() -> None:
    content = template("{{ trich_yeu }}")
    for draft in (True, False):
        made = Docx(fill_template(content, make_paper(draft=draft)))
        assert any('string="DỰ THẢO"'.encode() in part for part in made.parts.values()) is draft


@pytest.mark.parametrize("paper", PAPERS)
def test_the_template_to_begin_with_is_good_as_it_stands(paper: str) -> None:
    lines = body_of(fill_template(starter_for(paper, AT, party=False), make_paper()))
    assert "THÔNG BÁO" in lines
    assert SUBJECT in lines
    assert "I. Về ứng dụng nội bộ" in lines
    assert "TM. BAN CHỈ ĐẠO" in lines
    assert "Lê Minh Khôi" in lines
    assert not any("{" in line for line in lines)


def test_every_field_has_a_value_for_every_paper() -> None:
    found = values_of(make_paper())
    assert set(found) == {field.name for field in FIELDS} == set(sample())
    for field in FIELDS:
        if field.items:
            assert all(set(entry) == set(field.items) for entry in found[field.name]), field.name


# On the screens.


def give(client: FlaskClient, house: House, content: bytes, paper: str = "notice") -> TestResponse:
    data = {"csrf_token": csrf(client), "paper": paper, "file": (io.BytesIO(content), "mau.docx")}
    return client.post(f"/setup/committees/{house.committee.id}/templates", data=data)


def test_the_secretary_gives_in_a_template_and_papers_are_written_with_it(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    base = f"/setup/committees/{house.committee.id}/templates"
    page = secretary.get(base).get_data(as_text=True)
    assert "<code>trich_yeu</code>" in page
    starter = secretary.get(f"{base}/notice/file")
    assert (starter.status_code, starter.data[:2]) == (200, b"PK")

    notice_id = steps.compose(secretary, house)
    url = f"/notices/{notice_id}/paper.docx"
    own = template("MẪU RIÊNG: {{ trich_yeu }}")
    assert give(secretary, house, own).status_code == 303
    assert body_of(secretary.get(url).data) == ["MẪU RIÊNG: Kết luận của Trưởng Ban Chỉ đạo CĐS"]
    assert secretary.get(f"{base}/notice/file").data == own
    assert "mau.docx" in secretary.get(base).get_data(as_text=True)
    meeting_id = hold_meeting(app, house, on=date(2026, 11, 20))
    assert "GIẤY MỜI" in body_of(secretary.get(f"/meetings/{meeting_id}/invitation.docx").data)

    assert secretary.post(f"{base}/notice/remove", data={"csrf_token": csrf(secretary)}).status_code == 303
    assert "THÔNG BÁO" in body_of(secretary.get(url).data)


def test_a_bad_template_is_not_kept_and_the_page_says_why(house: House, secretary: FlaskClient) -> None:
    answer = give(secretary, house, template("{{ so_van_ban }}"))
    assert answer.status_code == 422
    assert "«so_van_ban»" in answer.get_data(as_text=True)
    answer = give(secretary, house, HOSTILE["runs a command"][0])
    assert "cú pháp không được phép" in answer.get_data(as_text=True)
    page = secretary.get(f"/setup/committees/{house.committee.id}/templates").get_data(as_text=True)
    assert "Bỏ mẫu riêng" not in page


def test_templates_are_for_the_secretary_and_the_administrator(app: Flask, house: House, chair: FlaskClient) -> None:
    base = f"/setup/committees/{house.committee.id}/templates"
    assert chair.get(base).status_code == 404
    assert chair.get(f"{base}/notice/file").status_code == 404
    admin = browser(app, house.people["admin"])
    assert admin.get(base).status_code == 200
    assert base in admin.get(f"/setup/committees/{house.committee.id}").get_data(as_text=True)
