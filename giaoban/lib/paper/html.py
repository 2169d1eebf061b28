"""Writes a paper as accessible HTML: a fragment for a page of the workspace, or a whole file."""

from base64 import b64encode
from collections.abc import Callable
from html import escape
from importlib.resources import files

from giaoban.lib.paper import lettering
from giaoban.lib.paper.addresses import figure_key, trace_address
from giaoban.lib.paper.columns import SHORT, heading_groups
from giaoban.lib.paper.ending import closed, ended
from giaoban.lib.paper.lettering import Numbers
from giaoban.lib.paper.manifest import build, canonical, digest
from giaoban.lib.paper.model import (
    Annex,
    Block,
    Chart,
    FigureRef,
    Note,
    Paper,
    Paragraph,
    Part,
    Row,
    Runs,
    Table,
)
from giaoban.lib.paper.profile import Profile, load

Address = Callable[[Chart], str]


def stylesheet() -> str:
    """The style of a paper on screen and in print; the workspace serves the same file."""
    return files(__package__).joinpath("paper.css").read_text("utf-8")


def fragment(paper: Paper, *, level: int = 1, chart_address: Address | None = None) -> str:
    """The paper as one `<article class="paper">`, its title a heading of `level`.

    `chart_address` gives the `src` of a chart's picture; without it the picture is a data address.
    """
    return _Writer(paper, load(), level, chart_address or _picture).article()


def page(paper: Paper) -> str:
    """The paper as a file of its own, with its style and its manifest."""
    manifest = build(paper)
    data = canonical(manifest).decode().replace("<", "\\u003c")
    seal = digest(manifest)
    script = f'<script type="application/json" id="manifest" data-digest="{seal}">{data}</script>\n'
    return bare_page(paper).replace("</body>", f"{script}</body>")


def bare_page(paper: Paper) -> str:
    """The same without the manifest."""
    return (
        f'<!DOCTYPE html>\n<html lang="{paper.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(paper.title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="author" content="{escape(", ".join(paper.head.issuers))}">\n'
        f"<style>\n{stylesheet()}</style>\n</head>\n<body>\n<main>\n{fragment(paper)}\n</main>\n"
        "</body>\n</html>\n"
    )


def _picture(chart: Chart) -> str:
    if chart.svg:
        return f"data:image/svg+xml;base64,{b64encode(chart.svg.encode()).decode()}"
    return f"data:image/png;base64,{b64encode(chart.png).decode()}"


class _Writer:
    """Writes one paper; remembers how often each figure was shown, since ids are unique in a page."""

    def __init__(self, paper: Paper, profile: Profile, level: int, picture: Address) -> None:
        self._paper = paper
        self._profile = profile
        self._level = level
        self._picture = picture
        self._numbers = Numbers(paper.language, profile)
        self._seen: dict[str, int] = {}
        self._top = 0

    def article(self) -> str:
        """The whole paper."""
        paper = self._paper
        blocks = closed(paper.blocks, self._profile.ending)
        pieces = [
            f'<article class="paper" lang="{paper.language}">',
            self._head(),
            '<div class="paper-text">',
            self._addressees(),
            *(_p("basis", escape(f"{text}{end}")) for text, end in ended(paper.bases)),
            self._blocks(blocks),
            "</div>",
            self._foot(),
            *(self._annex(annex, n) for n, annex in enumerate(paper.annexes, 1)),
            "</article>",
        ]
        return "\n".join(piece for piece in pieces if piece)

    def _head(self) -> str:
        paper, head = self._paper, self._paper.head
        number = lettering.number_line(head, paper.language, self._profile)
        issuers = _p("superior", escape(head.superior))
        issuers += "".join(_p("issuer", escape(name)) for name in head.issuers)
        state = _p("state", escape(self._word("state"))) + _p("motto", escape(self._word("motto")))
        numbered = _p("number", escape(number))
        if not head.type_name:
            numbered += _p("about", escape(f"{self._word('about')} {head.abstract}"))
        numbered += "".join(_p("boxed", escape(mark)) for mark in (paper.secrecy, paper.urgency))
        dated = _p("date", escape(lettering.date_line(head, paper.language))) + _p(
            "boxed", escape(paper.mark)
        )
        cells = "\n".join(f"<div>{cell}</div>" for cell in (issuers, state, numbered, dated))
        return f'<header class="paper-head">\n{cells}\n</header>\n{self._title()}'

    def _title(self) -> str:
        head = self._paper.head
        if not head.type_name:
            return f'<h{self._level} class="visually-hidden">{escape(self._paper.title)}</h{self._level}>'
        return (
            f'<h{self._level} class="paper-title"><span class="type">{escape(head.type_name)}</span> '
            f'<span class="abstract">{escape(head.abstract)}</span></h{self._level}>'
        )

    def _addressees(self) -> str:
        texts, word = self._paper.addressees, escape(self._word("to"))
        if len(texts) < 2:
            return _p("addressee", f"{word} {escape(texts[0])}") if texts else ""
        items = "".join(f"<li>{escape(text)}{end}</li>" for text, end in ended(texts))
        return f'<div class="addressee"><p>{word}</p><ul class="dashes">{items}</ul></div>'

    def _foot(self) -> str:
        paper = self._paper
        signatures = "".join(
            '<div class="signature">'
            + "".join(_p("authority", escape(line)) for line in one.lines)
            + _p("signer", escape(one.name))
            + "</div>"
            for one in paper.signatures
        )
        items = "".join(f"<li>{escape(text)}{end}</li>" for text, end in ended(paper.recipients))
        recipients = ""
        if items:
            recipients = (
                f'<div class="recipients">{_p("to", escape(self._word("recipients")))}'
                f'<ul class="dashes">{items}</ul>{_p("drafter", escape(paper.drafter))}</div>'
            )
        joint = " joint" if len(paper.signatures) > 1 else ""
        contact = _p("contact", escape(paper.contact))
        if not (signatures or recipients or contact):
            return ""
        inner = signatures + recipients if joint else recipients + signatures
        return f'<footer class="paper-foot"><div class="paper-sign{joint}">{inner}</div>{contact}</footer>'

    def _annex(self, annex: Annex, n: int) -> str:
        self._numbers.restart()
        label = lettering.annex(n, len(self._paper.annexes), self._paper.language, self._profile)
        turned = " landscape" if annex.landscape else ""
        level = self._level + 1
        attached = lettering.attached(self._paper, self._profile)
        return (
            f'<section class="annex{turned}" aria-labelledby="annex-{n}">\n'
            f'<h{level} id="annex-{n}"><span class="annex-label">{escape(label)}</span> '
            f'<span class="annex-title">{escape(annex.title)}</span></h{level}>\n'
            f"{_p('attached', escape(attached))}\n{self._blocks(annex.blocks, 1)}\n</section>"
        )

    def _blocks(self, blocks: tuple[Block, ...], deeper: int = 0) -> str:
        levels = [block.level for block in blocks if isinstance(block, Part) and block.titled]
        self._top = self._level + 1 + deeper - min(levels, default=0)
        return "\n".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        if isinstance(block, Part):
            return self._part(block)
        if isinstance(block, Paragraph):
            lead = f"{block.lead} " if block.lead else ""
            return _p("", lead + self._runs(block.runs))
        return self._table(block) if isinstance(block, Table) else self._chart(block)

    def _part(self, part: Part) -> str:
        number = part.label or self._numbers.part(part.level)
        text = f"{escape(number)} {self._runs(part.runs)}"
        if not part.titled:
            return _p("", text)
        level = min(self._top + part.level, 6)
        return f'<h{level} class="part{part.level}">{text}</h{level}>'

    def _runs(self, runs: Runs) -> str:
        written = []
        for item in runs:
            if isinstance(item, FigureRef):
                written.append(self._figure(item))
            elif isinstance(item, Note):
                written.append(f' <em class="note">({escape(item.text)})</em>')
            else:
                text = escape(item.text).replace("\n", "<br>")
                if item.mark == "unsupported":
                    said = escape(self._word("unsupported"))
                    text = f'<mark class="unsupported">{text.rstrip()} <small>{said}</small></mark> '
                if item.italic:
                    text = f"<em>{text}</em>"
                written.append(f"<strong>{text}</strong>" if item.bold else text)
        return "".join(written)

    def _figure(self, ref: FigureRef) -> str:
        figure, key = self._paper.figures[ref.figure], figure_key(ref)
        self._seen[key] = self._seen.get(key, 0) + 1
        nth = f"-{self._seen[key]}" if self._seen[key] > 1 else ""
        value = figure.value if ref.part == "value" else None
        text = escape(figure.text(ref.part, self._paper.language))
        text = text if value is None else f'<data value="{escape(value)}">{text}</data>'
        bold = ("<strong>", "</strong>") if ref.bold else ("", "")
        return (
            f'{bold[0]}<a class="figure" id="figure-{key.replace("#", "-")}{nth}" data-figure="{key}" '
            f'href="{escape(trace_address(ref, figure))}" title="{escape(figure.label)}">{text}</a>{bold[1]}'
        )

    def _table(self, table: Table) -> str:
        label = f"{self._numbers.table()} {table.caption}"
        size = " wide" if len(table.columns) > 8 else ""
        size += " short" if len(table.rows) <= SHORT else ""
        rows = "\n".join(self._row(table, row) for row in table.rows)
        note = _p("table-note", escape(table.note))
        return (
            f'<div class="paper-table table-responsive" role="region" tabindex="0" '
            f'aria-label="{escape(label)}">\n<table class="figures{size}">\n'
            f"<caption>{escape(label)}</caption>\n<thead>\n{_heading(table)}\n</thead>\n"
            f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n{note}"
        ).rstrip()

    def _row(self, table: Table, row: Row) -> str:
        cells = []
        for n, (column, runs) in enumerate(zip(table.columns, row.cells, strict=True), 1):
            align = f' class="{column.align}"' if column.align != "left" else ""
            tag, scope = ("th", ' scope="row"') if n == table.row_headers else ("td", "")
            cells.append(f"<{tag}{scope}{align}>{self._runs(runs)}</{tag}>")
        total = ' class="total"' if row.total else ""
        return f"<tr{total}>{''.join(cells)}</tr>"

    def _chart(self, chart: Chart) -> str:
        caption = f"{self._numbers.chart()} {chart.caption}"
        picture = f'<img src="{escape(self._picture(chart))}" alt="{escape(chart.alt)}">'
        data = f"\n{self._table(chart.data)}" if chart.data else ""
        return f'<figure class="chart">{picture}<figcaption>{escape(caption)}</figcaption></figure>{data}'

    def _word(self, key: str) -> str:
        return self._profile.word(key, self._paper.language)


def _p(name: str, inner: str) -> str:
    """A paragraph of a class, or nothing where there are no words."""
    if not inner:
        return ""
    return f'<p class="{name}">{inner}</p>' if name else f"<p>{inner}</p>"


def _heading(table: Table) -> str:
    columns = table.columns
    if not any(column.group for column in columns):
        return f"<tr>{''.join(_th(column.header) for column in columns)}</tr>"
    upper, lower, at = "", "", 0
    for group, span in heading_groups(columns):
        if group:
            upper += f'<th scope="colgroup" colspan="{span}">{escape(group)}</th>'
            lower += "".join(_th(column.header) for column in columns[at : at + span])
        else:
            upper += f'<th scope="col" rowspan="2">{escape(columns[at].header)}</th>'
        at += span
    return f"<tr>{upper}</tr>\n<tr>{lower}</tr>"


def _th(text: str) -> str:
    return f'<th scope="col">{escape(text)}</th>'
