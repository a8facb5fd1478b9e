"""Why a template is not taken, each with the sentence that says what to do next."""

from __future__ import annotations

from app.errors import DomainError

_HOW_VI = "Chỉ dùng {{ trường }}, {% for … in danh_sách %} … {% endfor %} và {% if trường %} … {% endif %}."
_HOW_EN = "Use only {{ field }}, {% for … in list %} … {% endfor %} and {% if field %} … {% endif %}."


class TemplateError(DomainError):
    """A template that cannot be used."""

    def __init__(self, vi: str, en: str) -> None:
        """Take the sentence; it stands beside the file."""
        super().__init__(vi, en, field="file")

    @classmethod
    def not_word(cls) -> TemplateError:
        """Say that it is no DOCX, or a broken one."""
        return cls(
            "Tệp này không phải văn bản Word (.docx) đọc được. Hãy mở bằng Word, lưu lại thành .docx rồi chọn lại.",
            "This is no Word file (.docx) that can be read. Open it in Word, save it as .docx and choose it again.",
        )

    @classmethod
    def too_large(cls) -> TemplateError:
        """Say that it unpacks to more than any letter needs."""
        return cls(
            "Mẫu giải nén ra quá lớn (trên 30 MB) hoặc có quá nhiều phần. Hãy bỏ bớt hình ảnh rồi lưu lại.",
            "The template unpacks to too much (over 30 MB) or has too many parts. Take out pictures and save it again.",
        )

    @classmethod
    def reaches_out(cls, what: str) -> TemplateError:
        """Say that it would fetch or run something; `what` names it."""
        return cls(
            f"Mẫu có thành phần không được phép: {what}. Hãy bỏ thành phần đó (liên kết ngoài, macro, đối tượng nhúng) "
            "rồi tải lên lại.",
            f"The template holds something that is not allowed: {what}. Take it out (external links, macros, embedded "
            "objects) and upload it again.",
        )

    @classmethod
    def not_plain(cls, what: str) -> TemplateError:
        """Say that it computes, which no field needs; `what` names the construct."""
        return cls(
            f"Mẫu dùng cú pháp không được phép: {what}. {_HOW_VI}",
            f"The template uses something that is not allowed: {what}. {_HOW_EN}",
        )

    @classmethod
    def not_closed(cls, why: str) -> TemplateError:
        """Say that the tags do not fit together; `why` is the engine's own word."""
        return cls(
            f"Các thẻ trong mẫu chưa khớp nhau ({why}). Hãy kiểm tra mỗi {{% for %}} có {{% endfor %}}, mỗi {{% if %}} "
            "có {% endif %}, mỗi {{ có }}.",
            f"The tags of the template do not fit together ({why}). Check that each {{% for %}} has its "
            "{% endfor %}, each {% if %} its {% endif %}, each {{ its }}.",
        )

    @classmethod
    def unknown(cls, names: list[str]) -> TemplateError:
        """List the fields that are not known."""
        listed = ", ".join(f"«{name}»" for name in names)
        return cls(
            f"Mẫu có trường không có trong danh sách: {listed}. Hãy sửa theo bảng tên trường trên trang này.",
            f"The template names fields that do not exist: {listed}. Correct them by the table of fields on this page.",
        )

    @classmethod
    def too_heavy(cls) -> TemplateError:
        """Say that it could not be filled within the limits of time and memory."""
        return cls(
            "Mẫu quá nặng: không điền xong trong thời gian và bộ nhớ cho phép. Hãy làm mẫu đơn giản hơn.",
            "The template is too heavy: it could not be filled in the time and memory allowed. Make it simpler.",
        )
