"""The document everything is written into: page, styles, header and footer, made from the profile.

The operator may take `house_template()`, change it in Word and give it back: styles are found by their
ids (`GBbody`, `GBissuer` …), header and footer are kept, what stands in its body is replaced.
"""

import io
from functools import lru_cache
from typing import Any
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from giaoban.lib.paper.docx.xml import NAMESPACES, W, twips
from giaoban.lib.paper.errors import PaperError
from giaoban.lib.paper.profile import Profile, Style, load

_KEPT_STYLES = ("Normal", "Header", "Footer", "TableNormal", "DefaultParagraphFont", "NoList")
_ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "both"}


def open_base(profile: Profile, template: bytes | None) -> Document:
    """An empty document with the styles of the template or, without one, of the profile."""
    try:
        document = docx.Document(io.BytesIO(template or house_template(profile.name, profile.body)))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise PaperError("template") from error
    known = {style.get(f"{W}styleId") for style in document.styles.element.iter(f"{W}style")}
    for style in profile.styles.values():
        if style.id not in known:
            raise PaperError("style", style=style.id)
    body: Any = document.element.body
    for child in list(body):
        if child.tag != f"{W}sectPr":
            body.remove(child)
    return document


def lacking(template: bytes) -> list[str]:
    """What a house template has to have and has not: ids of styles, and PAGE, the field of the page number."""
    try:
        document = docx.Document(io.BytesIO(template))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise PaperError("template") from error
    known = {style.get(f"{W}styleId") for style in document.styles.element.iter(f"{W}style")}
    wanted = ["Normal", "GBfigure", *(style.id for style in load("nd30").styles.values())]
    fields = [
        f"{field.get(f'{W}instr', '')} {field.text or ''}"
        for section in document.sections
        for area in (section.header, section.footer)
        for name in ("fldSimple", "instrText")
        for field in area._element.iter(f"{W}{name}")
    ]
    numbered = any("PAGE" in text.split() for text in fields)
    return [style for style in wanted if style not in known] + ([] if numbered else ["PAGE"])


@lru_cache(maxsize=8)
def house_template(profile: str = "nd30", body: float | None = None) -> bytes:
    """The house template of a profile as a .docx that can be opened, changed and given back."""
    layout = load(profile, body)
    document = docx.Document()
    _drop_leftovers(document)
    _set_styles(document, layout)
    _set_page(document, layout)
    _set_page_number(document)
    _show_styles(document, layout)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


_LEFTOVERS = (
    "/customXml",
    "/thumbnail",
    "/stylesWithEffects",
    "/numbering",
    "/webSettings",
    "/extended-properties",
)


def _drop_leftovers(document: Document) -> None:
    """Take out what python-docx's own template brings and nobody here needs."""
    part = document.part
    for holder in (part, part.package):
        for key, rel in list(holder.rels.items()):
            if rel.reltype.endswith(_LEFTOVERS):
                del holder.rels[key]
    settings: Any = document.settings.element
    for unwanted in [*settings.iter(f"{W}rsids"), *settings.iter(f"{W}useFELayout")]:
        unwanted.getparent().remove(unwanted)
    for setting in settings.iter(f"{W}compatSetting"):
        if setting.get(f"{W}name") == "compatibilityMode":
            setting.set(f"{W}val", "15")


def _set_styles(document: Document, profile: Profile) -> None:
    styles: Any = document.styles.element
    for style in list(styles.iter(f"{W}style")):
        if style.get(f"{W}styleId") not in _KEPT_STYLES:
            styles.remove(style)
        for link in list(style.iter(f"{W}link")):
            style.remove(link)
    for defaults in styles.iter(f"{W}docDefaults"):
        styles.replace(defaults, parse_xml(_defaults(profile)))
    for old in list(styles.iter(f"{W}style")):
        if old.get(f"{W}styleId") == "Normal":
            styles.remove(old)
    for text in (_NORMAL, *_HEADINGS, _FIGURE, _LINK, _UNSUPPORTED, *_paragraph_styles(profile)):
        styles.append(parse_xml(text))


def _defaults(profile: Profile) -> str:
    fonts = " ".join(f'w:{kind}="{profile.font}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    size = round(profile.body * 2)
    return (
        f"<w:docDefaults {NAMESPACES}><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        f'<w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


_NORMAL = (
    f'<w:style {NAMESPACES} w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:qFormat/></w:style>'
)
_HEADINGS = [
    f'<w:style {NAMESPACES} w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
    '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>'
    f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
    for n in (1, 2, 3, 4)
]
_FIGURE = (
    f'<w:style {NAMESPACES} w:type="character" w:customStyle="1" w:styleId="GBfigure">'
    '<w:name w:val="Giao Ban figure"/><w:qFormat/><w:rPr><w:color w:val="000000"/></w:rPr></w:style>'
)
_LINK = (
    f'<w:style {NAMESPACES} w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="1F4E79"/><w:u w:val="single"/></w:rPr></w:style>'
)
_UNSUPPORTED = (
    f'<w:style {NAMESPACES} w:type="character" w:customStyle="1" w:styleId="GBunsupported">'
    '<w:name w:val="Giao Ban unsupported"/><w:qFormat/>'
    '<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/></w:rPr></w:style>'
)


def _paragraph_styles(profile: Profile) -> list[str]:
    return [_paragraph_style(style, profile) for style in profile.styles.values()]


def _paragraph_style(style: Style, profile: Profile) -> str:
    based = f"Heading{style.heading}" if style.heading else "Normal"
    size = round(style.size * 2)
    toggles = "".join(
        f"<w:{name}{'' if on else _OFF}/>"
        for name, on in (("b", style.bold), ("i", style.italic))
        if on is not None
    )
    return (
        f'<w:style {NAMESPACES} w:type="paragraph" w:customStyle="1" w:styleId="{style.id}">'
        f'<w:name w:val="Giao Ban {style.key}"/><w:basedOn w:val="{based}"/><w:qFormat/>'
        f"<w:pPr>{_paragraph_properties(style, profile)}</w:pPr>"
        f'<w:rPr>{toggles}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


_OFF = ' w:val="0"'


def _paragraph_properties(style: Style, profile: Profile) -> str:
    keep = "<w:keepNext/>" if style.next else ""
    line = f' w:line="{round(240 * profile.line)}" w:lineRule="auto"' if style.line else ""
    indent = f'<w:ind w:firstLine="{twips(profile.first_line_cm[-1] * 10)}"/>' if style.first_line else ""
    level = f'<w:outlineLvl w:val="{style.heading - 1}"/>' if style.heading else ""
    return (
        f"{keep}{_box() if style.boxed else ''}"
        f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}"{line}/>'
        f'{indent}<w:jc w:val="{_ALIGN[style.align]}"/>{level}'
    )


def _box() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="2" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return f"<w:pBdr>{sides}</w:pBdr>"


def _set_page(document: Document, profile: Profile) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(profile.width), Mm(profile.height)
    section.top_margin = Mm(profile.margins["top"].ours)
    section.bottom_margin = Mm(profile.margins["bottom"].ours)
    section.left_margin = Mm(profile.margins["left"].ours)
    section.right_margin = Mm(profile.margins["right"].ours)
    section.header_distance = section.footer_distance = Mm(profile.header)
    section.different_first_page_header_footer = True


def _set_page_number(document: Document) -> None:
    section = document.sections[0]
    for area in (section.header, section.first_page_header, section.footer, section.first_page_footer):
        area.is_linked_to_previous = False
    paragraph: Any = section.header.paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.append(parse_xml(f'<w:pPr {NAMESPACES}><w:pStyle w:val="GBpagenumber"/></w:pPr>'))
    paragraph.append(
        parse_xml(f'<w:fldSimple {NAMESPACES} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>')
    )


def _show_styles(document: Document, profile: Profile) -> None:
    """In the body of the template, each style by its name, so that it can be seen and changed."""
    for style in profile.styles.values():
        paragraph = document.add_paragraph(f"Giao Ban {style.key}")
        properties: Any = paragraph._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:pStyle {NAMESPACES} w:val="{style.id}"/>'))
    document.paragraphs[0].paragraph_format.space_before = Pt(0)
