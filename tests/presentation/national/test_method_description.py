"""The metodbeskrivning of an area: every indicator with its facts and grade, what has changed, all of it escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from lagesbild.catalogue.areas import area
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.presentation.method_description import MethodDescription
from lagesbild.presentation.national.view import NationalView

View = Callable[..., NationalView]
AREA = area("aldreomsorg")


def described(view: NationalView) -> MethodDescription:
    return MethodDescription(area=AREA, view=view, methods="Se metodboken.")


def test_every_indicator_of_the_area_stands_once_with_its_grade(national_view: View) -> None:
    text = described(national_view()).text()
    for name, grade in (("ao-nojda", "A god"), ("ao-rutin", "C osäker")):
        assert text.count(f"{{#indikator-{name}}}") == 1
        part = text.split(f"{{#indikator-{name}}}")[1].split("\n#")[0]
        assert f"**Uppgifternas säkerhet 2024:** {grade}" in part
        for label in ("Hör till", "Mått", "Mäts", "Källa", "Redovisas för"):
            assert f"**{label}:**" in part


def test_the_whole_catalogue_is_told_of_also_what_is_not_measured(national_view: View) -> None:
    view = replace(national_view(), catalogue=load_catalogue())
    text = described(view).text()
    own = load_catalogue().in_area(AREA.id)
    assert text.count("{#indikator-") == len(own)
    assert "Inget betyg\\: indikatorn mättes inte" in text
    assert "Serien bryts 2021" in text.split("{#sec-tolkning}")[0]


def test_a_series_rule_and_a_new_indicator_are_told_among_the_changes(national_view: View) -> None:
    view = national_view()
    fresh = replace(view.catalogue.by_id("ao-nojda"), first_year=2024, phase=2024, frequency=1)
    text = described(replace(view, catalogue=Catalogue((fresh, view.catalogue.by_id("ao-rutin"))))).changed()
    assert text.startswith("Nya 2024:\n\n- Nöjda med hemtjänsten")


def test_a_page_leads_to_each_indicators_own_page_and_a_document_does_not(national_view: View) -> None:
    document = described(national_view())
    assert "index.html" not in document.text()
    assert "(../../indikatorer/ao-nojda/index.html)" in replace(document, pages="../../indikatorer/").text()


def test_a_title_from_outside_stays_text(national_view: View) -> None:
    text = described(national_view(title="<script> {{< meta a >}} | *b*")).text()
    assert re.findall(r"(?<!\\)<script", text) == []
    assert "{{< meta" not in text
