"""Feeds, site map and robots: what is open, and nothing else."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from giaoban.portal.models import SectionPage

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.requirement(82)
def test_feeds_tell_what_is_open_in_the_asked_language(client: Client, write):
    write(lead_vi="Ba <việc> & hơn.")
    write(title="Nháp", publish=False)
    rss = ET.fromstring(client.get("/en/tin-tuc/rss.xml").content)
    assert [item.findtext("title") for item in rss.iter("item")] == ["Review meeting"]
    assert rss.find("channel/item/link").text == "http://localhost:8000/en/tin-tuc/hoi-nghi-so-ket/"
    atom = ET.fromstring(client.get("/vi/atom.xml").content)
    assert [e.findtext(f"{ATOM}summary") for e in atom.iter(f"{ATOM}entry")] == ["Ba <việc> & hơn."]
    assert client.get("/vi/tin-tuc/hoi-nghi-so-ket/rss.xml").status_code == 404
    assert client.get("/vi/nowhere/rss.xml").status_code == 404


@pytest.mark.requirement(82)
def test_the_site_map_names_both_languages_and_no_closed_page(client: Client, write):
    article = write()
    body = b"".join(client.get("/sitemap.xml").streaming_content).decode()
    assert (
        f"<loc>http://localhost:8000{article.address('en')}</loc>" in body and 'hreflang="x-default"' in body
    )
    ET.fromstring(body)
    SectionPage.objects.get(slug="tin-tuc").unpublish()
    assert "hoi-nghi-so-ket" not in b"".join(client.get("/sitemap.xml").streaming_content).decode()
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


@pytest.mark.requirement(82)
def test_each_page_is_json_too_and_says_what_it_is(client: Client, write):
    article = write(title="Ba </script> việc", title_en="Three <b>things", byline="Ban biên tập")
    found = client.get(f"{article.address('en')}index.json").json()
    assert (found["kind"], found["title"]) == ("article", {"text": "Three <b>things", "language": "en"})
    assert found["lead"] == {"text": "Ba việc.", "language": "vi"}
    assert (found["text"], found["unit"]["name"]) == ("Delegates agreed.", article.unit.name)
    assert found["languages"]["vi"] == f"http://localhost:8000{article.address('vi')}"
    assert [step["title"] for step in found["way"]][0] == "Joint portal"
    html = client.get(article.address("vi")).content.decode()
    inside = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    thing, way = json.loads(inside)["@graph"]
    assert (thing["@type"], thing["headline"]) == ("NewsArticle", "Ba </script> việc")
    assert thing["author"]["name"] == "Ban biên tập" and thing["publisher"]["name"] == "Văn phòng"
    assert [step["position"] for step in way["itemListElement"]] == [1, 2, 3]


def test_a_list_as_json_names_what_is_open(client: Client, write):
    article = write()
    write(title="Nháp", publish=False)
    for path in ("/vi/index.json", "/vi/tin-tuc/index.json"):
        assert [row["title"] for row in client.get(path).json()["newest"]] == [article.title]
    assert client.get("/vi/nowhere/index.json").status_code == 404
    article.unpublish()
    assert client.get(f"{article.address('vi')}index.json").status_code == 404
