"""How texts end: the `./.` of the whole, semicolons and a full stop in lists."""

from dataclasses import replace

from giaoban.lib.paper.model import Block, Paragraph, Part, Runs, Text


def closed(blocks: tuple[Block, ...], ending: str) -> tuple[Block, ...]:
    """The blocks with the sign of the end behind the last sentence, or in a line of its own."""
    if not blocks:
        return blocks
    last = blocks[-1]
    if isinstance(last, Paragraph) or (isinstance(last, Part) and not last.titled):
        return (*blocks[:-1], replace(last, runs=_closed_runs(last.runs, ending)))
    return (*blocks, Paragraph((Text(ending),)))


def _closed_runs(runs: Runs, ending: str) -> Runs:
    last = runs[-1] if runs else Text("")
    if not isinstance(last, Text):
        return (*runs, Text(ending))
    bare = last.text.rstrip().removesuffix(ending).rstrip(".")
    return (*runs[:-1], replace(last, text=f"{bare}{ending}"))


def ended(texts: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each text with its sign: a semicolon, and a full stop after the last."""
    bare = [text.strip().rstrip(";.").strip() for text in texts]
    return [(text, ";" if n < len(bare) else ".") for n, text in enumerate(bare, 1)]
