"""Templates made by hand: good ones, and ones that would reach for what is not theirs."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/bin"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
ROOT_LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def template(*lines: str, doctype: str = "", parts: dict[str, bytes] | None = None, body: str = "") -> bytes:
    """Return a DOCX of these lines; `parts` are put beside, `body` is put in as XML."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<w:document xmlns:w="{W}"><w:body>'
        + "".join(paragraph(line) for line in lines)
        + f"{body}<w:sectPr/></w:body></w:document>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT_LINKS)
        archive.writestr("word/document.xml", document)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def link(kind: str, target: str) -> dict[str, bytes]:
    """Return a part with one link of a kind to something outside."""
    return {
        "word/_rels/document.xml.rels": (
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId9" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
        ).encode()
    }


XXE = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
FIELD = "<w:p><w:r><w:instrText>{}</w:instrText></w:r></w:p>"
# What it tries, the template, and words of the sentence it gets.
HOSTILE: dict[str, tuple[bytes, str]] = {
    "walks to a class": (template("{{ trich_yeu.__class__.__mro__ }}"), "cú pháp không được phép: .__"),
    "walks by index": (template("{{ trich_yeu['__class__'] }}"), "cú pháp không được phép: getitem"),
    "walks by filter": (template("{{ trich_yeu|attr('__class__') }}"), "cú pháp không được phép: |attr"),
    "runs a command": (
        template("{{ self.__init__.__globals__.__builtins__.__import__('os').popen('id').read() }}"),
        "cú pháp không được phép",
    ),
    "reaches globals": (template("{{ cycler.__init__ }}"), "cú pháp không được phép: .__init__"),
    "counts for ever": (template("{% for i in range(1000000000) %}x{% endfor %}"), "cú pháp không được phép: range(…)"),
    "multiplies a text": (template("{{ 'a' * 1000000000 }}"), "cú pháp không được phép: mul"),
    "raises a power": (template("{{ 9 ** 99999999 }}"), "cú pháp không được phép: pow"),
    "nests lists": (
        template("{% for a in noi_dung %}{% for b in noi_dung %}{% for c in noi_dung %}x"
                 "{% endfor %}{% endfor %}{% endfor %}"),
        "cú pháp không được phép: {% for %}",
    ),
    "recurses": (
        template("{% for a in noi_dung recursive %}{{ loop(noi_dung) }}{% endfor %}"), "cú pháp không được phép"
    ),
    "writes a macro": (template("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"), "cú pháp không được phép: macro"),
    "sets a name": (template("{% set x = 1 %}"), "cú pháp không được phép: assign"),
    "includes a file": (template("{% include '/etc/passwd' %}"), "cú pháp không được phép: include"),
    "imports": (template("{% import 'x' as y %}"), "cú pháp không được phép: import"),
    "fetches a template": (template("x", parts=link("attachedTemplate", "http://example.org/x.dotm")), "attachedTemp"),
    "fetches a picture": (template("x", parts=link("image", "http://10.0.0.1/x.png")), "image"),
    "links to a file": (template("x", parts=link("hyperlink", "file:///etc/passwd")), "hyperlink"),
    "brings a macro": (template("x", parts={"word/vbaProject.bin": b"x"}), "vbaProject.bin"),
    "embeds an object": (template("x", parts={"word/embeddings/a.bin": b"x"}), "a.bin"),
    "includes by a field": (template("x", body=FIELD.format(' INCLUDETEXT "/etc/passwd" ')), "INCLUDETEXT"),
    "calls another program": (template("x", body=FIELD.format(" DDEAUTO c:\\\\x ")), "DDEAUTO"),
    "names an outer entity": (template("&e;", doctype=XXE), "DOCTYPE"),
    "laughs a billion times": (template("&c;", doctype=LAUGHS), "DOCTYPE"),
    "bursts": (template("x", parts={"word/a.xml": b"<a>" + b" " * 40_000_000 + b"</a>"}), "trên 30 MB"),
    "has countless parts": (template("x", parts={f"word/p{n}.xml": b"<a/>" for n in range(600)}), "quá nhiều phần"),
    "is no Word file": (b"MZ" + b"\x00" * 500, "không phải văn bản Word"),
    "is another ZIP": (template("x").replace(b"word/document.xml", b"xord/document.xml"), "không phải văn bản Word"),
    "is cut off": (template("x")[:-40], "không phải văn bản Word"),
    "leaves a tag open": (template("{% for d in noi_dung %}{{ d.dong }}"), "chưa khớp nhau"),
}  # fmt: skip
