"""Fields that several tables ask for in the same words."""

from __future__ import annotations

from workflows.parts import Need
from workflows.words import Words

REASON = Need("reason", "long_text", Words("Lý do", "Reason"))
OPINION = Need("opinion", "long_text", Words("Ý kiến", "Opinion"))
REMARK = Need("remark", "long_text", Words("Ghi chú", "Remark"), required=False)
NEW_DUE = Need("new_due", "date", Words("Thời hạn mới", "New due date"))
EVIDENCE = Need(
    "evidence",
    "files",
    Words("Minh chứng", "Evidence"),
    required=False,
    help=Words(
        "Văn bản, ảnh hoặc bảng số liệu chứng minh kết quả.",
        "Document, photo or table that shows the result.",
    ),
)
LINKS = Need(
    "links",
    "links",
    Words("Minh chứng là liên kết", "Evidence by link"),
    required=False,
    help=Words(
        "Mỗi dòng một liên kết, sau đó có thể ghi nội dung. Ví dụ: https://example.vn/tin-12 Tin về lớp tập huấn.",
        "One link a line; what it shows may follow. For example: https://example.vn/12 Report on the training.",
    ),
)
LEAD_UNIT = Need("lead_unit", "unit", Words("Đơn vị chủ trì mới", "New lead unit"))

NUMBER = Need(
    "number",
    "text",
    Words("Số văn bản do văn thư cấp", "Number given by the clerk"),
    help=Words("Nhập đúng số trong sổ công văn đi của cơ quan.", "Type the number of the agency's outgoing register."),
    only_if="external_number",
)
ISSUED_ON = Need(
    "issued_on",
    "date",
    Words("Ngày ban hành", "Day of issue"),
    required=False,
    help=Words("Để trống nếu ban hành hôm nay.", "Leave empty if issued today."),
)
COPY_NEEDS = (
    Need("copy", "files", Words("Bản ký (scan hoặc PDF ký số)", "Signed copy (scan or signed PDF)")),
    Need("sent_through", "text", Words("Gửi qua", "Sent through"), required=False),
    Need("sent_on", "date", Words("Ngày gửi", "Day of sending"), required=False),
)
"""What the official copy of a paper needs, at or after issue."""
