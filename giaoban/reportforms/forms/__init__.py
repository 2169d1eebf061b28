"""Forms about indicators, breakdowns, report forms, regimes and what belongs to them."""
