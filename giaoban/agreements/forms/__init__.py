"""Forms of agreements, their papers and their people."""

from giaoban.agreements.forms.agreements import AgreementForm
from giaoban.agreements.forms.papers import PaperForm, ReplaceForm
from giaoban.agreements.forms.people import (
    MEANINGS,
    EndRoleForm,
    InviteForm,
    InviteOperatorForm,
    OperatorForm,
    RoleForm,
)

__all__ = [
    "MEANINGS",
    "AgreementForm",
    "EndRoleForm",
    "InviteForm",
    "InviteOperatorForm",
    "OperatorForm",
    "PaperForm",
    "ReplaceForm",
    "RoleForm",
]
