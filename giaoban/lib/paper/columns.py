"""Columns of a table: their widths and their common headings."""

from giaoban.lib.paper.model import Column

# A table of so many rows stays on one page.
SHORT = 12


def column_widths(columns: tuple[Column, ...], room: float) -> list[float]:
    """The widths in mm that share the room by weight."""
    total = sum(column.width for column in columns)
    return [room * column.width / total for column in columns]


def heading_groups(columns: tuple[Column, ...]) -> list[tuple[str, int]]:
    """Neighbouring columns under one common heading: (heading, number of columns); "" for none."""
    groups: list[tuple[str, int]] = []
    for column in columns:
        if column.group and groups and groups[-1][0] == column.group:
            groups[-1] = (column.group, groups[-1][1] + 1)
        else:
            groups.append((column.group, 1))
    return groups
