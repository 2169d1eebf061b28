"""The structure tree of a tagged PDF."""

from typing import Any

import pikepdf

PageNumbers = dict[tuple[int, int], int]


def page_numbers(pdf: pikepdf.Pdf) -> PageNumbers:
    """Number of each page from 0, by its object."""
    return {page.obj.objgen: n for n, page in enumerate(pdf.pages)}


def children(element: Any) -> list[Any]:
    """What a structure element holds: elements, object references, numbers of marked content."""
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def page_of(element: Any, numbers: PageNumbers, above: int | None) -> int | None:
    """The page of an element; that of the element above it where it names none."""
    page = element.get("/Pg")
    return above if page is None else numbers.get(page.objgen, above)


def marked(pdf: pikepdf.Pdf) -> list[set[int]]:
    """For each page the numbers of the marked content that the structure holds."""
    found: list[set[int]] = [set() for _ in pdf.pages]
    numbers = page_numbers(pdf)
    root = pdf.Root.get("/StructTreeRoot")
    waiting: list[tuple[Any, int | None]] = [] if root is None else [(root, None)]
    while waiting:
        element, above = waiting.pop()
        page = page_of(element, numbers, above)
        for child in children(element):
            if isinstance(child, int):
                if page is not None:
                    found[page].add(child)
            elif child.get("/Type") == "/MCR":
                at = page_of(child, numbers, page)
                if at is not None:
                    found[at].add(int(child["/MCID"]))
            elif child.get("/Type") != "/OBJR":
                waiting.append((child, page))
    return found
