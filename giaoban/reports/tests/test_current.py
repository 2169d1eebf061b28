"""The agreement's page tells how the latest period stands: to each as far as he may see."""

from django.urls import reverse

from giaoban.reports.tests.test_moves import accepted


def seen(client, world, name):
    client.force_login(world.people[name])
    return client.get(reverse("reports:current", args=["phoi-hop"]))


def test_the_latest_period_of_each_regime(world, client):
    accepted(world)
    (line,) = seen(client, world, "kim").context["lines"]
    assert (line.regime, line.due, line.accepted, line.waiting) == (world.regime, 2, 0, 2)
    (line,) = seen(client, world, "lan").context["lines"]
    assert line.due == 1
    assert seen(client, world, "nga").status_code == 404


def test_the_overview_leads_there(world, client):
    client.force_login(world.people["lan"])
    page = client.get(reverse("agreements:overview", args=["phoi-hop"])).content.decode()
    assert reverse("reports:current", args=["phoi-hop"]) in page
