"""The family of errors of the library.

LibError
├── PeriodError       periods
├── DeadlineError     deadlines
├── NumberError       numbers
├── ExpressionError   expressions
├── CellError         cells
├── FileError         csvs (carries the file and the physical line)
├── TableError        xlsx
└── ItipError         itip (calendar files and the mails that bring them)
"""

from typing import Any, ClassVar


def marked(sentence: str) -> str:
    """The sentence itself; calling this `_` collects it for the translators."""
    return sentence


class LibError(ValueError):
    """What is wrong with a text or a value, as an English sentence.

    `code` names the case, `template` is the sentence with `%(name)s` places and `params` fills
    them, so that an app can say it in another language: `gettext(e.template) % e.params`.
    Every subclass lists its sentences in `SENTENCES`.
    """

    SENTENCES: ClassVar[dict[str, str]] = {}

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        self.template = self.SENTENCES[code]
        super().__init__(self.template % params)
