"""A regime points to the article it carries out, and the article's page names it."""

import pytest
from django.urls import reverse

from giaoban.agreements.tests import texts
from giaoban.agreements.tests.world import MADE_BY, NOW
from giaoban.core.refused import Refused
from giaoban.reportforms import actions
from giaoban.reportforms.tests import story


@pytest.mark.requirement(11)
def test_a_regime_and_its_article_lead_to_each_other(world, client):
    article = texts.words(texts.signed(world), "Điều 3").article
    regime = story.programme(world)
    client.force_login(world.people["alice"])
    address = reverse("reportforms:regime-edit", args=["phoi-hop", regime.pk])
    form = client.get(address).context["form"]
    assert form["article"].value() is None
    given = {name: form[name].value() or "" for name in form.fields} | {"article": article.pk}
    given.pop("ad_hoc")
    assert client.post(address, given).status_code == 302
    regime.refresh_from_db()
    assert regime.article == article
    at_article = reverse("agreements:article", args=["phoi-hop", article.pk])
    at_regime = reverse("reportforms:regime", args=["phoi-hop", regime.pk])
    assert at_article in client.get(at_regime).content.decode()
    client.force_login(world.people["bob"])
    assert at_regime in client.get(at_article).content.decode()
    client.force_login(world.people["charlie"])
    assert client.get(at_article).status_code == 404


def test_an_article_of_another_agreement_is_refused(world):
    article = texts.words(texts.signed(world), "Điều 3").article
    article.agreement = world.elsewhere
    article.save()
    regime = story.programme(world)
    with pytest.raises(Refused) as told:
        actions.edit_regime(regime=regime, article=article, by=MADE_BY, at=NOW)
    assert told.value.field == "article"
    regime.refresh_from_db()
    assert regime.article is None
