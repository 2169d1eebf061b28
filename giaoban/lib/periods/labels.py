"""What people call a period: “Tháng 3/2020”, “Quý I/2020”, “March 2020”."""

from giaoban.lib.periods.names import Period

_ROMAN = ("", "I", "II", "III", "IV")
_MONTHS = (
    "", "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def label(period: Period, lang: str) -> str:
    """The name of the period for a reader, in Vietnamese (`vi`) or else in English."""
    return _vietnamese(period) if lang.split("-")[0] == "vi" else _english(period)


def _vietnamese(period: Period) -> str:
    year, number = period.year, period.number
    match period.kind:
        case "day":
            return f"Ngày {period.day:%d/%m}/{year:04}"
        case "week":
            return f"Tuần {number}/{year}"
        case "month":
            return f"Tháng {number}/{year}"
        case "quarter":
            return f"Quý {_ROMAN[number]}/{year}"
        case "half":
            return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
        case "nine-month":
            return f"9 tháng năm {year}"
        case _:
            return f"Năm {year}"


def _english(period: Period) -> str:
    year, number = period.year, period.number
    match period.kind:
        case "day":
            return f"{period.day.day} {_MONTHS[period.day.month]} {year}"
        case "week":
            return f"Week {number}, {year}"
        case "month":
            return f"{_MONTHS[number]} {year}"
        case "quarter":
            return f"Quarter {number}, {year}"
        case "half":
            return f"{'First' if number == 1 else 'Second'} half of {year}"
        case "nine-month":
            return f"Nine months of {year}"
        case _:
            return f"Year {year}"
