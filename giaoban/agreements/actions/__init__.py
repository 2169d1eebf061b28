"""What changes agreements and the roles of people in them."""

from giaoban.agreements.actions.accounts import (
    deactivate_person,
    reactivate_person,
    reset_password,
    reset_second_factor,
)
from giaoban.agreements.actions.agreements import create_agreement, edit_agreement, supersede_agreement
from giaoban.agreements.actions.amending import answer, give_opinion, propose, reconsider, withdraw
from giaoban.agreements.actions.house import replace_template, restore_template
from giaoban.agreements.actions.papers import change_paper, register_paper, replace_paper
from giaoban.agreements.actions.parties import drop_part, set_part
from giaoban.agreements.actions.roles import change_role, end_role, give_role, invite_person
from giaoban.agreements.actions.text import (
    add_article,
    begin_version,
    change_article,
    describe_version,
    paste_text,
    remove_article,
    shift_article,
)
from giaoban.agreements.actions.versions import consult, discard, revise, sign, take_effect

__all__ = [
    "add_article",
    "answer",
    "begin_version",
    "change_article",
    "change_paper",
    "change_role",
    "consult",
    "create_agreement",
    "deactivate_person",
    "describe_version",
    "discard",
    "drop_part",
    "edit_agreement",
    "end_role",
    "give_opinion",
    "give_role",
    "invite_person",
    "paste_text",
    "propose",
    "reactivate_person",
    "reconsider",
    "register_paper",
    "remove_article",
    "replace_paper",
    "replace_template",
    "reset_password",
    "restore_template",
    "reset_second_factor",
    "revise",
    "set_part",
    "shift_article",
    "sign",
    "supersede_agreement",
    "take_effect",
    "withdraw",
]
