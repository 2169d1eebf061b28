"""Numbers as the reader writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats


def written(value: Decimal | int | float, decimals: int = 0) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; rounded once, half away from zero, a true minus sign."""
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = formats.number_format(abs(rounded), decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return f"−{text}" if rounded < 0 else text
