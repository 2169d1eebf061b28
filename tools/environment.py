"""Prints docs/reference/settings.md: every environment variable the product reads.

The meanings stand here; the names are searched for in the code, and a check
fails on a variable without a meaning and on a meaning without a variable.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READ = re.compile(r"""["'](GIAOBAN_[A-Z0-9_]+|DATABASE_URL)["']""")

#: name -> (default, meaning)
MEANINGS = {
    "DATABASE_URL": (
        "SQLite in the home",
        "`postgresql://user:password@host:port/name` moves the state to PostgreSQL",
    ),
    "GIAOBAN_DEBUG": ("0", "1 shows errors in full and reads static files anew; never in operation"),
    "GIAOBAN_ENGINE_THREADS": ("one per core, at most 8", "how many threads the roll-up engine may use"),
    "GIAOBAN_HOME": ("`./var`", "where the state lives: database, facts, media, the secret key"),
    "GIAOBAN_HOSTS": ("localhost", "host names the product answers to, separated by commas"),
    "GIAOBAN_LANG": ("the machine's", "language of the commands, `vi` or `en`"),
    "GIAOBAN_MAIL_DAYS": ("365", "after how many days mails lose their addresses and texts; the row stays"),
    "GIAOBAN_MAIL_GATEWAY_KEY": (
        "",
        "the key with which a mail gateway signs what it brings; without it, none may",
    ),
    "GIAOBAN_MAIL_REPLY_TO": ("the sender", "where answers to mails and to invitations go"),
    "GIAOBAN_MAIL_FROM": ("giaoban@localhost", "sender of notices by mail"),
    "GIAOBAN_ORIGINS": ("", "origins behind a proxy, with scheme, separated by commas"),
    "GIAOBAN_URL": (
        "http://localhost and the port",
        "where people reach the product; documents link there from each figure",
    ),
    "GIAOBAN_SECRET_KEY": ("made in the home", "the key that signs sessions and links"),
    "GIAOBAN_SMTP_HOST": ("", "mail server; without it mail is written to `outbox` in the home"),
    "GIAOBAN_SMTP_PASSWORD": ("", "its password"),
    "GIAOBAN_SMTP_PORT": ("25", "its port"),
    "GIAOBAN_SMTP_TLS": ("0", "1 asks it for STARTTLS"),
    "GIAOBAN_SMTP_USER": ("", "its user"),
    "GIAOBAN_TLS": ("0", "1 when people reach the product over TLS: cookies then need it too"),
}
#: read by tests and by programs around the product
INTERNAL = {"GIAOBAN_APPS", "GIAOBAN_TEST_SQLITE"}

HEAD = """# Settings

Everything that differs between machines comes from the environment.

| Variable | Without it | Meaning |
|---|---|---|
"""


def names() -> set[str]:
    """Environment variables that the product's code reads."""
    found: set[str] = set()
    for path in (ROOT / "giaoban").rglob("*.py"):
        if "tests" not in path.parts:
            found |= set(READ.findall(path.read_text(encoding="utf-8")))
    return found - INTERNAL


def printed() -> str:
    """The page as Markdown."""
    rows = [
        f"| `{name}` | {default or '—'} | {meaning} |"
        for name, (default, meaning) in sorted(MEANINGS.items())
    ]
    return HEAD + "\n".join(rows) + "\n"
