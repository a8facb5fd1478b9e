"""The styles of a DOCX of ours: one for each element of the decree, by its Vietnamese name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from app.documents.official.looks import LOOKS, WORD_FONT, Look
from app.text import fold

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_BALLAST = ("/stylesWithEffects", "/thumbnail", "/customXml", "/webSettings", "/numbering")
_KEPT = {"Normal", "Header", "Normal Table", "Default Paragraph Font", "No List"}


def make_styles(document: Document) -> None:
    """Leave the document with our styles alone, upright black Times New Roman below them all."""
    for style in list(document.styles):
        if style.name not in _KEPT:
            style.element.getparent().remove(style.element)
    base = document.styles["Normal"]
    _set_font(base)
    base.font.size = Pt(14)
    base.paragraph_format.space_after = Pt(0)
    _speak_vietnamese(document)
    for look in LOOKS.values():
        _add(document, look)


def drop_ballast(document: Document) -> None:
    """Take out what the library's empty document brings along and nobody needs; say which Word it is written for."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_BALLAST)]:
            del rels[key]
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    mode = OxmlElement("w:compatSetting")
    uri = "http://schemas.microsoft.com/office/word"
    for name, value in (("name", "compatibilityMode"), ("uri", uri), ("val", "15")):
        mode.set(qn(f"w:{name}"), value)
    for old in compat.findall(qn("w:compatSetting")):
        if old.get(qn("w:name")) == "compatibilityMode":
            compat.remove(old)
    compat.append(mode)


def style_of(key: str) -> str:
    """Return the name of the style of an element."""
    return LOOKS[key].name


def _add(document: Document, look: Look) -> None:
    style: ParagraphStyle = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), _plain_id(look.name))
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _set_font(style)
    font, form = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    font.underline, font.all_caps = look.underline, look.caps
    font.color.rgb = RGBColor(0, 0, 0)
    form.alignment = _ALIGN[look.align]
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing, form.keep_with_next = look.spacing, look.keep
    if look.indent:
        form.first_line_indent = Mm(look.indent)
    if look.outline is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(look.outline))
        style.element.get_or_add_pPr().append(level)


def _plain_id(name: str) -> str:
    """Return a style's inner id: its name without tones and blanks, since some programs read nothing else."""
    plain = "".join(c if c.isalnum() else " " for c in fold(name))
    return "".join(word.capitalize() for word in plain.split())


def _set_font(style: ParagraphStyle) -> None:
    style.font.name = WORD_FONT
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), WORD_FONT)


def _speak_vietnamese(document: Document) -> None:
    """Say once that the text is Vietnamese, for spelling and for screen readers."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in [*run.findall(qn("w:lang")), *run.findall(qn("w:rFonts"))]:
        run.remove(old)
    lang = OxmlElement("w:lang")
    for kind in ("val", "eastAsia"):
        lang.set(qn(f"w:{kind}"), "vi-VN")
    run.append(lang)
