"""The pages under /a/ that belong to agreements and their people."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from giaoban.agreements.views import (
    accounts,
    agreements,
    amending,
    articles,
    house,
    papers,
    parties,
    people,
    versions,
    writing,
)


class FileKindConverter(StringConverter):
    regex = "docx|pdf|html"


class AnswerConverter(StringConverter):
    regex = "take-up|decline"


class SwitchConverter(StringConverter):
    regex = "deactivate|reactivate|reset-second-step"


register_converter(SwitchConverter, "switch")
register_converter(FileKindConverter, "filekind")
register_converter(AnswerConverter, "answer")

app_name = "agreements"
urlpatterns = [
    path("", agreements.index, name="index"),
    path("new/", agreements.new, name="new"),
    path("people/", accounts.everybody, name="everybody"),
    path("people/invite/", accounts.invite_operator, name="invite-operator"),
    path("people/<int:pk>/", accounts.account, name="account"),
    path("people/<int:pk>/operator/", accounts.make_operator, name="make-operator"),
    path("people/<int:pk>/operator/<int:role>/end/", accounts.end_operator, name="end-operator"),
    path("people/<int:pk>/reset-password/", accounts.reset, name="account-reset"),
    path("people/<int:pk>/<switch:what>/", accounts.switch, name="account-switch"),
    path("templates/", house.templates, name="house"),
    path("templates/<slug:kind>/file/", house.file, name="house-file"),
    path("templates/<slug:kind>/replace/", house.replace, name="house-replace"),
    path("templates/<slug:kind>/restore/", house.restore, name="house-restore"),
    path("<slug:agreement>/", agreements.overview, name="overview"),
    path("<slug:agreement>/edit/", agreements.edit, name="edit"),
    path("<slug:agreement>/supersede/", agreements.supersede, name="supersede"),
    path("<slug:agreement>/text/parties/", parties.parties, name="parties"),
    path("<slug:agreement>/text/parties/add/", parties.add, name="add-party"),
    path("<slug:agreement>/text/parties/<int:unit>/", parties.edit, name="edit-party"),
    path("<slug:agreement>/text/parties/<int:unit>/forget/", parties.forget, name="forget-party"),
    path("<slug:agreement>/text/", articles.text, name="text"),
    path("<slug:agreement>/text/articles/<int:pk>/", articles.article, name="article"),
    path("<slug:agreement>/text/versions/", versions.versions, name="versions"),
    path("<slug:agreement>/text/versions/begin/", versions.begin, name="begin-version"),
    path("<slug:agreement>/text/versions/<int:number>/", versions.version, name="version"),
    path(
        "<slug:agreement>/text/versions/<int:number>/against/<int:other>/", versions.compare, name="compare"
    ),
    path(
        "<slug:agreement>/text/versions/<int:number>/files/<filekind:kind>/",
        versions.file,
        name="version-file",
    ),
    path("<slug:agreement>/text/versions/<int:number>/consult/", versions.consult, name="consult"),
    path("<slug:agreement>/text/versions/<int:number>/revise/", versions.revise, name="revise"),
    path("<slug:agreement>/text/versions/<int:number>/sign/", versions.sign, name="sign"),
    path("<slug:agreement>/text/versions/<int:number>/discard/", versions.discard, name="discard"),
    path("<slug:agreement>/text/versions/<int:number>/answers/", amending.opinions, name="opinions"),
    path("<slug:agreement>/text/versions/<int:number>/answers/<int:unit>/", amending.opinion, name="opinion"),
    path("<slug:agreement>/text/versions/<int:number>/heading/", writing.heading, name="heading"),
    path("<slug:agreement>/text/versions/<int:number>/paste/", writing.paste, name="paste"),
    path("<slug:agreement>/text/versions/<int:number>/add/", writing.add, name="add-article"),
    path(
        "<slug:agreement>/text/versions/<int:number>/words/<int:wording>/",
        writing.change,
        name="change-article",
    ),
    path(
        "<slug:agreement>/text/versions/<int:number>/words/<int:wording>/shift/",
        writing.shift,
        name="shift-article",
    ),
    path(
        "<slug:agreement>/text/versions/<int:number>/words/<int:wording>/remove/",
        writing.remove,
        name="remove-article",
    ),
    path("<slug:agreement>/text/proposals/", amending.proposals, name="proposals"),
    path("<slug:agreement>/text/proposals/new/", amending.propose, name="propose"),
    path("<slug:agreement>/text/proposals/<int:pk>/", amending.proposal, name="proposal"),
    path("<slug:agreement>/text/proposals/<int:pk>/<answer:how>/", amending.answer, name="answer-proposal"),
    path("<slug:agreement>/text/proposals/<int:pk>/again/", amending.reconsider, name="reconsider-proposal"),
    path("<slug:agreement>/text/proposals/<int:pk>/withdraw/", amending.withdraw, name="withdraw-proposal"),
    path("<slug:agreement>/papers/", papers.papers, name="papers"),
    path("<slug:agreement>/papers/new/", papers.new_paper, name="new-paper"),
    path("<slug:agreement>/papers/<int:pk>/", papers.paper, name="paper"),
    path("<slug:agreement>/papers/<int:pk>/edit/", papers.edit_paper, name="edit-paper"),
    path("<slug:agreement>/papers/<int:pk>/replace/", papers.replace_paper, name="replace-paper"),
    path("<slug:agreement>/papers/<int:pk>/file/", papers.paper_file, name="paper-file"),
    path("<slug:agreement>/people/", people.people, name="people"),
    path("<slug:agreement>/people/invite/", people.invite, name="invite"),
    path("<slug:agreement>/people/<int:pk>/", people.person, name="person"),
    path("<slug:agreement>/people/<int:pk>/give/", people.give, name="give"),
    path("<slug:agreement>/people/<int:pk>/reset-password/", accounts.reset, name="reset"),
    path("<slug:agreement>/people/<int:pk>/<switch:what>/", accounts.switch, name="switch"),
    path("<slug:agreement>/roles/<int:role>/change/", people.change, name="change-role"),
    path("<slug:agreement>/roles/<int:role>/end/", people.end, name="end-role"),
]
