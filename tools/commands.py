"""Prints docs/reference/commands.md from the parser of `giaoban`."""

import argparse

HEAD = """# Commands

What `giaoban COMMAND --help` says. Errors are sentences on standard error, and
the exit code is then 1. State lives under `GIAOBAN_HOME` (see
[settings](settings.md)).
"""


def printed() -> str:
    """One section per command: what it does and what it takes."""
    from giaoban.config.cli import parser

    top = parser()
    commands = next(a for a in top._actions if isinstance(a, argparse._SubParsersAction))
    helps = {choice.dest: choice.help for choice in commands._choices_actions}
    parts = [
        HEAD.rstrip(),
        *(section(f"giaoban {n}", helps.get(n) or "", c) for n, c in commands.choices.items()),
    ]
    return "\n".join(parts)


def section(name: str, help_text: str, parser: argparse.ArgumentParser) -> str:
    lines = [f"\n## `{name}`\n", sentence(help_text), "", "```", usage(name, parser), "```"]
    rows = [row for action in parser._actions if (row := option(action))]
    if rows:
        lines += ["", "| Argument | Meaning |", "|---|---|", *rows]
    return "\n".join(lines)


def usage(name: str, parser: argparse.ArgumentParser) -> str:
    """The usage line, always folded the same way."""
    parser.prog = name
    parser.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=96)
    return parser.format_usage().removeprefix("usage: ").strip()


def option(action: argparse.Action) -> str:
    if isinstance(action, argparse._HelpAction):
        return ""
    named = bool(action.option_strings)
    value = action.metavar or (action.dest.upper() if named else action.dest)
    if action.choices and not action.metavar:
        value = "{" + ",".join(map(str, action.choices)) + "}"
    if named:
        shown = ", ".join(
            f"{name} {value}".strip() if action.nargs != 0 else name for name in action.option_strings
        )
    else:
        shown = str(value)
    meaning = (action.help or "").replace("%(default)s", str(action.default)).replace("|", "\\|")
    return f"| `{shown.replace('|', chr(92) + '|')}` | {meaning} |"


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
