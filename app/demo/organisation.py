"""The demo's authority: invented names of real kinds, an authority with two committees and twelve units."""

from __future__ import annotations

from typing import NamedTuple

AUTHORITY = (
    "Ủy ban nhân dân phường Hoa Lư Đông",
    "UBND phường Hoa Lư Đông",
    "Ủy ban nhân dân tỉnh An Châu",
    "Hoa Lư Đông",
)


class UnitSeed(NamedTuple):
    """A unit: key, name, short name, kind, aliases, whether outside the agency, parent's key."""

    key: str
    name: str
    short: str
    kind: str
    aliases: tuple[str, ...] = ()
    outside: bool = False
    parent: str = ""


UNITS = (
    UnitSeed(
        "vp", "Văn phòng HĐND và UBND phường", "Văn phòng", "office",
        ("Văn phòng HĐND&UBND", "Văn phòng HĐND và UBND", "Văn phòng phường", "VP HĐND&UBND"),
    ),
    UnitSeed("vhxh", "Phòng Văn hóa - Xã hội", "P. VHXH", "department", ("Phòng VHXH", "Phòng VH-XH", "Phòng Văn hóa và Xã hội")),
    UnitSeed("kt", "Phòng Kinh tế, Hạ tầng và Đô thị", "P. KTHTĐT", "department", ("Phòng Kinh tế", "Phòng KT-HT-ĐT")),
    UnitSeed("hcc", "Trung tâm Phục vụ hành chính công", "TT PVHCC", "centre", ("Trung tâm PVHCC", "Bộ phận một cửa")),
    UnitSeed("dvc", "Trung tâm Cung ứng dịch vụ công", "TT DVC", "centre", ("Trung tâm dịch vụ", "Trung tâm CƯDVC")),
    UnitSeed("cntt", "Bộ phận CNTT - Văn phòng", "Bộ phận CNTT", "section", ("Bộ phận công nghệ thông tin",), parent="vp"),
    UnitSeed("ca", "Công an phường", "Công an", "police", ("CAP",), outside=True),
    UnitSeed("qs", "Ban Chỉ huy Quân sự phường", "BCH Quân sự", "military", ("Ban CHQS phường",), outside=True),
    UnitSeed("tyt", "Trạm Y tế phường", "Trạm Y tế", "health", outside=True),
    UnitSeed("mt", "Ủy ban Mặt trận Tổ quốc phường", "UBMTTQ", "organisation", ("UBMTTQ Việt Nam phường", "Mặt trận Tổ quốc"), outside=True),
    UnitSeed("dtn", "Đoàn Thanh niên phường", "Đoàn TN", "organisation", ("Đoàn thanh niên",), outside=True),
    UnitSeed("th", "Trường Tiểu học Hoa Lư Đông", "TH Hoa Lư Đông", "school", ("Trường Tiểu học",), outside=True),
    UnitSeed("tdp1", "Tổ dân phố số 1", "TDP 1", "neighbourhood", ("TDP số 1",), outside=True),
    UnitSeed("tdp2", "Tổ dân phố số 2", "TDP 2", "neighbourhood", ("TDP số 2",), outside=True),
    UnitSeed("tdp3", "Tổ dân phố số 3", "TDP 3", "neighbourhood", ("TDP số 3",), outside=True),
)  # fmt: skip
GROUPS = (
    ("Các phòng, trung tâm", ("các phòng, ban chuyên môn", "các phòng chuyên môn"), ("vhxh", "kt", "hcc", "dvc")),
    ("Các tổ dân phố", ("tổ dân phố", "các TDP"), ("tdp1", "tdp2", "tdp3")),
    ("Các ngành, đoàn thể", ("các ngành đoàn thể", "các đoàn thể"), ("mt", "dtn", "ca", "qs", "tyt")),
)


class PersonSeed(NamedTuple):
    """A person: log-in, name, offices in units as (unit, kind, title)."""

    login: str
    name: str
    offices: tuple[tuple[str, str, str], ...] = ()
    admin: bool = False


PEOPLE = (
    PersonSeed("truongban", "Nguyễn Khánh Toàn"),
    PersonSeed("phoban", "Lương Thị Bích Hà"),
    PersonSeed("phoban2", "Trịnh Công Sáng"),
    PersonSeed("thuky", "Vũ Ngọc Diệp", (("vp", "staff", "Chuyên viên"),)),
    PersonSeed("chanhvp", "Đoàn Quốc Tuấn", (("vp", "head", "Chánh Văn phòng"),)),
    PersonSeed("donvi", "Hoàng Mai Lan", (("vhxh", "head", "Trưởng phòng"),)),
    PersonSeed("chuyenvien", "Phùng Gia Huy", (("vhxh", "staff", "Chuyên viên"),)),
    PersonSeed("kinhte", "Bùi Đình Phúc", (("kt", "head", "Trưởng phòng"),)),
    PersonSeed("motcua", "Đặng Hồng Nhung", (("hcc", "head", "Giám đốc"),)),
    PersonSeed("dichvu", "Phan Văn Lực", (("dvc", "head", "Giám đốc"),)),
    PersonSeed("cntt", "Tạ Hữu Nghĩa", (("cntt", "head", "Phụ trách"),)),
    PersonSeed("congan", "Cao Bá Sơn", (("ca", "head", "Trưởng Công an"),)),
    PersonSeed("quansu", "Lại Thế Anh", (("qs", "head", "Chỉ huy trưởng"),)),
    PersonSeed("yte", "Mai Xuân Thủy", (("tyt", "head", "Trưởng trạm"),)),
    PersonSeed("mattran", "Kiều Thị Thơm", (("mt", "head", "Chủ tịch"),)),
    PersonSeed("doantn", "Ngô Hải Đăng", (("dtn", "head", "Bí thư"),)),
    PersonSeed("tieuhoc", "Lưu Thanh Vân", (("th", "head", "Hiệu trưởng"),)),
    PersonSeed("todan1", "Đào Văn Ích", (("tdp1", "head", "Tổ trưởng"),)),
    PersonSeed("todan2", "Trần Thị Yên", (("tdp2", "head", "Tổ trưởng"),)),
    PersonSeed("todan3", "Lê Bá Ước", (("tdp3", "head", "Tổ trưởng"),)),
    PersonSeed("quantri", "Quản trị hệ thống", admin=True),
)


class CommitteeSeed(NamedTuple):
    """A committee: name, short name, symbol, kind, its seats as (log-in, office, title) and deputies' units."""

    key: str
    name: str
    short: str
    symbol: str
    kind: str
    standing: str
    start_day: int
    seats: tuple[tuple[str, str, str], ...]
    portfolios: tuple[tuple[str, tuple[str, ...]], ...] = ()


COMMITTEES = (
    CommitteeSeed(
        "bcd", "Ban Chỉ đạo Chuyển đổi số phường Hoa Lư Đông", "Ban Chỉ đạo Chuyển đổi số", "BCĐ", "steering", "vp", 15,
        (
            ("truongban", "chair", "Trưởng ban"), ("phoban", "deputy", "Phó Trưởng ban"),
            ("phoban2", "deputy", "Phó Trưởng ban"), ("thuky", "secretary", "Thư ký"), ("chanhvp", "member", "Ủy viên"),
            ("donvi", "member", "Ủy viên"), ("kinhte", "member", "Ủy viên"), ("congan", "member", "Ủy viên"),
        ),
        (("phoban", ("vhxh", "tyt", "th", "mt", "dtn")), ("phoban2", ("kt", "dvc", "qs", "tdp1", "tdp2", "tdp3"))),
    ),
    CommitteeSeed(
        "bbt", "Ban Biên tập Cổng Thông tin điện tử phường Hoa Lư Đông", "Ban Biên tập Cổng TTĐT", "BBT", "editorial", "vhxh", 1,
        (
            ("phoban", "chair", "Trưởng ban"), ("chanhvp", "deputy", "Phó Trưởng ban"), ("thuky", "secretary", "Thư ký"),
            ("cntt", "member", "Ủy viên"), ("doantn", "member", "Ủy viên"),
        ),
    ),
)  # fmt: skip
