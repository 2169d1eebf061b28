"""The verbs of a report. Each is one transaction and one row in the audit trail."""

from giaoban.reports.actions.consolidated import open_consolidated, refresh_consolidated
from giaoban.reports.actions.drafts import open_report, request_reports, save_draft, take_workbook
from giaoban.reports.actions.evidence import attach, detach
from giaoban.reports.actions.moves import accept, correct, reopen, return_report, submit, withdraw
from giaoban.reports.actions.reminding import remind

__all__ = [
    "accept", "attach", "correct", "detach", "open_consolidated", "open_report",
    "refresh_consolidated", "remind", "reopen", "request_reports", "return_report",
    "save_draft", "submit", "take_workbook", "withdraw",
]  # fmt: skip
