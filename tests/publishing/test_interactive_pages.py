"""The pages that compare and that find similar kommuner, in a real browser under the website's strict policy."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from interactive_site import AREA, served, write_site

from lagesbild.catalogue.background import topic_weights
from lagesbild.catalogue.regions import kommun, kommuner
from lagesbild.catalogue.vocabulary import Status
from lagesbild.publishing.comparison_groups import release_groups
from lagesbild.publishing.layout import Layout

#: A measurement of persons, in which figures are withheld, and an answer.
MEASURED, ANSWERED = "hem-nojdhet", "hem-bostad-forst"
NASTY = '<img src=x onerror="window.hacked=1">'
PLACES = "1440,1480,0000"


@pytest.fixture(scope="module")
def site(world: Layout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("interactive")
    write_site(world, folder / "stage", folder / "site")
    # Names from data may hold anything.
    for path, old in (("platser.json", '"Ale"'), ("index.json", '"indicators":[["')):
        file = folder / "site" / "jamfor" / "data" / path
        text = file.read_text(encoding="utf-8")
        nasty = json.dumps(f"Ale {NASTY}") if path == "platser.json" else old
        file.write_text(text.replace(old, nasty, 1), encoding="utf-8")
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def tab(browser: Any, address: str) -> Iterator[Any]:
    """Return a page that fails the test for any error, and any request that leaves the site."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(30_000)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith((address, "data:", "blob:")) else wrong.append(one.url))
    yield page
    hacked = page.evaluate("window.hacked")
    page.close()
    assert wrong == []
    assert hacked is None


def _until(tab: Any, what: str, arg: Any = None) -> None:
    """Wait until a function of the page gives true; the page's policy lets no text become code in it."""
    end = time.monotonic() + 30
    while not tab.evaluate(what, arg):
        assert time.monotonic() < end, f"never came true: {what}"
        time.sleep(0.02)


def _open(tab: Any, address: str, query: str) -> None:
    tab.goto(f"{address}/{query}", wait_until="load")
    _until(tab, "() => !['', 'Hämtar uppgifter.'].includes(document.querySelector('.lage')?.textContent ?? '')")


def _drawn(tab: Any, count: int) -> None:
    _until(tab, f"() => document.querySelectorAll('.diagram svg').length === {count}")


def _texts(tab: Any, selector: str) -> list[str]:
    found: list[str] = tab.locator(selector).all_inner_texts()
    return found


def test_a_shared_address_shows_its_choice(tab: Any, address: str) -> None:
    _open(tab, address, f"jamfor/?plats={PLACES}&indikator={MEASURED},{ANSWERED}&ar=2023-2024")
    _drawn(tab, 2)
    assert "Visar två indikatorer" in tab.locator(".lage").inner_text()
    assert len(_texts(tab, ".valda li")) == 5
    # A kommun's name is text, whatever it holds.
    assert f"Ale {NASTY}" in tab.locator(".resultat tbody th").first.inner_text()
    assert tab.locator("img").count() == 0
    assert "Syntetiska data" in tab.locator(".resultat figcaption").first.inner_text()
    assert NASTY in tab.locator(".diagram").first.get_attribute("aria-label")


def test_choosing_writes_the_address_and_back_leads_back(tab: Any, address: str) -> None:
    _open(tab, address, "jamfor/")
    assert tab.locator(".lage").inner_text() == "Välj minst en plats och minst en indikator."
    tab.locator("#valj-plats").fill("göteborg")
    tab.keyboard.press("Enter")
    tab.locator("#valj-plats").fill("Västra götalands län")
    tab.keyboard.press("Enter")
    tab.locator("#valj-omrade").select_option(AREA)
    tab.locator("#valj-indikator").select_option(MEASURED)
    tab.get_by_role("button", name="Lägg till indikator").press("Enter")
    _drawn(tab, 1)
    assert tab.url.endswith(f"jamfor/?plats=1480,14&indikator={MEASURED}")
    tab.get_by_role("button", name="Ta bort Göteborg").press("Enter")
    _until(tab, "() => document.querySelectorAll('.resultat tbody tr').length === 1")
    assert tab.evaluate("document.activeElement.id") == "valj-plats"
    tab.go_back()
    _until(tab, "() => document.querySelectorAll('.resultat tbody tr').length === 2")
    assert "Göteborg" in _texts(tab, ".valda li")[0]
    tab.locator("#valj-fran").select_option("2024")
    _until(tab, "() => document.querySelectorAll('.resultat thead th').length === 2")
    assert tab.url.endswith("&ar=2024")


def test_a_link_to_an_indicator_shows_the_country(tab: Any, address: str) -> None:
    _open(tab, address, f"jamfor/index.html?indikator={MEASURED}")
    _drawn(tab, 1)
    assert _texts(tab, ".resultat tbody th") == ["Riket"]
    _open(tab, address, "jamfor/index.html?plats=1480")
    assert tab.locator(".lage").inner_text() == "Välj också minst en indikator."


def test_what_cannot_be_shown_is_said_kindly(tab: Any, address: str) -> None:
    seven = "0114,0115,0117,0120,0123,0125,0126"
    _open(tab, address, f"jamfor/?plats=Götborg,{seven}&indikator={MEASURED},hem-bostad-frst&ar=1990-2023")
    told = tab.locator(".verktygsfel").inner_text()
    assert "ingen kommun, inget län och ingen grupp som heter ”Götborg”" in told
    assert "Högst sex platser" in told
    assert kommun("0126").namn in told
    assert "ingen indikator med beteckningen ”hem-bostad-frst”" in told
    assert "År utanför dem är inte med" in told
    assert len(_texts(tab, ".valda li")) == 7
    tab.locator("#valj-plats").fill("Ystad")
    tab.keyboard.press("Enter")
    assert "Högst sex platser" in tab.locator(".verktygsfel").inner_text()
    _open(tab, address, f"jamfor/?plats=Götborg&indikator={MEASURED}")
    tab.get_by_role("button", name="Göteborg", exact=True).click()
    _drawn(tab, 1)
    assert "plats=1480" in tab.url


#: What a function of the scripts gives, by module and call.
RULES = {
    "numbers.js": {
        "number(1234567.5, 1)": "1\u202f234\u202f567,5",
        "number(33.15, 1)": "33,2",  # half-up on the digits; the binary value is below the half
        "number(-0.04, 1)": "0,0",
        "number(-12.5, 0)": "\u221213",
        "interval(82.1, 87.4, 1)": "82,1–87,4",
        "interval(-3, 2, 1)": "\u22123,0 till 2,0",
        "yearsInWords([2016, 2017, 2018, 2020, 2021])": "2016–2018, 2020 och 2021",
        "count(1, 'diagram', 'diagram', true)": "ett diagram",
        "joined(['a', 'b', 'c'])": "a, b och c",
    },
    "axis.js": {
        "axisOf('procent', [91, 96.5])": [80, 100],
        "axisOf('procent', [3.1, 4.2])": [0, 5],
        "axisOf('procent', [12, 91])": [10, 100],
        "axisOf('procent', [])": [0, 100],
        "axisOf('kronor', [1200, 4300])": [0, 5000],
        "axisOf('index', [32, 38])": [32, 38],
        "axisNote('procent', [0, 100])": "",
        "axisNote('procent', [80, 100])": "Observera att axeln går från 80 till 100 procent.",
        "spreadApart([{nr: 0, value: 99}, {nr: 1, value: 100}], [0, 100], 100, 10).map((one) => one.y)": [90, 100],
        "spreadApart([{nr: 0, value: 52}, {nr: 1, value: 48}], [0, 100], 100, 10).map((one) => one.y)": [55, 45],
    },
    "likeness.js": {
        "nearest('Orebro', ['Örebro', 'Örnsköldsvik', 'Boden'])": ["Örebro"],
        "nearest('xyzxyz', ['Örebro', 'Boden'])": [],
    },
    "series.js": {
        # A missing result breaks the line, and so does another way of forming the figure.
        "runsOf({cells: [{value: 1, way: 'a'}, {value: 2, way: 'b'}, {value: null, way: 'b'}, {value: 3, way: 'b'}]})"
        ".map((run) => run.length)": [1, 1, 1],
    },
}


def test_text_from_data_is_harmless_in_a_spreadsheet(tab: Any, address: str) -> None:
    _open(tab, address, "jamfor/")
    cell = {"year": 2020, "value": None, "lower": 1, "upper": 2, "answer": None, "mark": ".."}
    rows = [{"place": {"code": "1440", "name": "Ale", "level": "kommun"}, "cells": [cell]}]
    shown = [{"file": {"id": "x", "title": "=1+1", "unit": "", "source": 'a, "b"'}, "rows": rows}]
    words = {"marks": {"..": {"status": "sekretess"}}}
    text = tab.evaluate(
        "async ([shown, words]) => (await import('../skript/save.js')).csvOf(shown, words)", [shown, words]
    )
    # Nothing but its mark comes of a withheld cell, not even bounds that should not have been there.
    assert text.splitlines()[1] == 'x,\'=1+1,,2020,1440,Ale,,,sekretess,,,,"a, ""b"""'


def test_the_rules_of_the_scripts(tab: Any, address: str) -> None:
    _open(tab, address, "jamfor/")
    for module, calls in RULES.items():
        for call, wanted in calls.items():
            name = call.partition("(")[0]
            found = tab.evaluate(
                f"async () => {{ const {{ {name} }} = await import('../skript/{module}'); return {call}; }}"
            )
            assert found == wanted, call


def _released(world: Layout) -> pd.DataFrame:
    frames = [pd.read_parquet(world.analysis(AREA, year) / "indikatorer.parquet") for year in (2023, 2024)]
    frame = pd.concat(frames)
    return frame[(frame["sex"] == "T") & (frame["level"] == "kommun")]


def test_the_files_hold_what_was_released_and_no_more(world: Layout, site: Path) -> None:
    places = [
        entry[0] for entry in json.loads((site / "jamfor/data/platser.json").read_text(encoding="utf-8"))["places"]
    ]
    answers = {"ja": "j", "delvis": "d", "nej": "n"}
    told = withheld = 0
    for name, rows in _released(world).groupby("indicator"):
        path = site / f"jamfor/data/{name}.json"
        if not path.is_file():
            assert not rows["status"].isin([Status.OK, Status.SEKRETESS]).any()
            continue
        assert path.stat().st_size < 60_000
        file = json.loads(path.read_text(encoding="utf-8"))
        for row in rows[rows["year"].isin(file["years"])].itertuples():
            cell = file["values"][file["years"].index(row.year)][places.index(row.region)]
            if row.status == Status.SEKRETESS:
                assert cell == ".."
                withheld += 1
            elif isinstance(row.answer, str):
                assert cell == answers[row.answer]
            elif row.status == Status.OK:
                assert abs(cell - row.value) <= 0.5 * 10 ** -file["decimals"] + 1e-9
                told += 1
            else:
                assert isinstance(cell, str)
    assert told > 100
    assert withheld > 100


def test_a_withheld_figure_is_told_of_in_words(tab: Any, address: str, world: Layout) -> None:
    rows = _released(world)
    one = rows[(rows["status"] == Status.SEKRETESS) & (rows["year"] == 2024)].iloc[0]
    _open(tab, address, f"jamfor/?plats={one['region']},0000&indikator={one['indicator']}&ar=2024")
    _until(tab, "() => document.querySelector('.noter li')")
    assert _texts(tab, ".resultat tbody td")[0] == ".."
    told = f"”..” betyder att uppgiften inte får visas av sekretesskäl: {kommun(one['region']).namn} 2024."
    assert told in _texts(tab, ".noter li")


def test_what_is_taken_along_is_what_was_shown(tab: Any, address: str) -> None:
    _open(tab, address, f"jamfor/?plats=1480,0000&indikator={MEASURED}&ar=2023-2024")
    _drawn(tab, 1)
    saved = {}
    for name in ("Ladda ner uppgifterna (CSV)", "Spara diagrammet (SVG)", "Spara diagrammet (PNG)"):
        with tab.expect_download() as found:
            tab.get_by_role("button", name=name).click()
        saved[found.value.suggested_filename.rpartition(".")[2]] = Path(found.value.path()).read_bytes()
    rows = list(csv.DictReader(io.StringIO(saved["csv"].decode("utf-8-sig"))))
    assert [(row["region"], row["year"]) for row in rows] == [
        (region, year) for region in ("1480", "0000") for year in ("2023", "2024")
    ]
    assert {row["source"] for row in rows} == {"Syntetiska data, påhittade för att visa systemet"}
    shown = [text.split("\n")[0].replace(",", ".") for text in _texts(tab, ".resultat tbody td")]
    assert [row["value"] or row["status"] for row in rows if row["status"] == "ok"] == [
        str(float(text)).removesuffix(".0") for text in shown if re.fullmatch(r"[\d.]+\d", text)
    ]
    picture = saved["svg"].decode()
    assert "Källa: Syntetiska data" in picture
    assert "Göteborg" in picture
    assert saved["png"].startswith(b"\x89PNG")


#: Ten kommuner of all sizes.
TEN = ("0180", "1480", "1280", "1440", "2418", "0380", "0980", "1082", "2584", "0126")


def test_the_neighbours_are_those_of_the_reports(tab: Any, address: str, world: Layout) -> None:
    groups = release_groups(world)
    _open(tab, address, f"liknande/?kommun={TEN[0]}")
    found = tab.evaluate(
        """async (codes) => {
          const { nearestTo, standardised } = await import("../skript/neighbours.js");
          const { topicWeights } = await import("../skript/weights.js");
          const file = await (await fetch("data/bakgrund.json")).json();
          const kommuner = standardised(file);
          return Object.fromEntries(file.topics.map((topic) => [topic.name, codes.map((code) =>
            nearestTo(code, kommuner, file.variables, topicWeights(topic, file.variables))
              .slice(0, file.count).map((one) => [one.kommun.code, one.distance]))]));
        }""",
        [one.kod for one in kommuner()],
    )
    assert list(found) == list(topic_weights())
    for name, of_kommuner in found.items():
        ours = groups.topic(name).ours
        for one, near in zip(kommuner(), of_kommuner, strict=True):
            wanted = ours[ours["region"] == one.kod]
            assert [code for code, _ in near] == wanted["member"].tolist(), (name, one.namn)
            assert [distance for _, distance in near] == pytest.approx(wanted["distance"].tolist(), abs=1e-6)


def test_the_page_shows_the_neighbours_of_the_first_weights(tab: Any, address: str, world: Layout) -> None:
    ours = release_groups(world).topic("övergripande").ours
    _open(tab, address, "liknande/")
    for code in TEN:
        tab.locator("#valj-kommun").fill(kommun(code).namn)
        tab.keyboard.press("Enter")
        _until(tab, "(name) => document.querySelector('.resultaten tbody th')?.innerText === name", kommun(code).namn)
        names = [kommun(member).namn for member in ours.loc[ours["region"] == code, "member"]]
        assert _texts(tab, ".resultaten tbody th") == [kommun(code).namn, *names]
        assert tab.url.endswith(f"?kommun={code}")


def test_weights_change_the_neighbours_and_the_address(tab: Any, address: str) -> None:
    _open(tab, address, "liknande/?kommun=Ale&indikator=hem-bostad-forst")
    before = _texts(tab, ".resultaten tbody th")
    tab.get_by_text("Välj variabler och vikter själv").click()
    slider = tab.locator("#vikt-tatortsgrad")
    slider.focus()
    for _ in range(6):
        slider.press("ArrowRight")
    _until(tab, "() => decodeURIComponent(location.search).includes('tatortsgrad:3')")
    assert slider.get_attribute("aria-valuetext") == "3"
    _until(
        tab,
        "(before) => [...document.querySelectorAll('.resultaten tbody th')].map((e) => e.innerText).join() !== before",
        ",".join(before),
    )
    link = tab.get_by_role("link", name="de fem som är mest lika").get_attribute("href")
    assert re.search(r"jamfor/\?plats=1440(,\d{4}){5}&indikator=hem-bostad-forst$", link)
    shared = tab.url
    changed = _texts(tab, ".resultaten tbody th")
    tab.get_by_role("button", name="Återställ ämnets vikter").click()
    _until(tab, "() => !location.search.includes('vikter')")
    assert _texts(tab, ".resultaten tbody th") == before
    tab.goto(shared)
    tab.wait_for_selector(".resultaten tbody tr")
    assert _texts(tab, ".resultaten tbody th") == changed
    tab.get_by_label("karta").check()
    tab.wait_for_selector(".karta .tecken.nara")
    assert changed[1] in tab.locator(".kartor").get_attribute("aria-label")


def test_a_kommun_that_is_none_gets_a_suggestion(tab: Any, address: str) -> None:
    _open(tab, address, "liknande/?kommun=Kungelv&amne=hockey&vikter=hockey:2,folkmangd:99")
    told = tab.locator(".verktygsfel").inner_text()
    assert "ingen kommun som heter ”Kungelv”" in told
    assert "inget ämne som heter ”hockey”" in told
    assert "ingen variabel med beteckningen ”hockey”" in told
    tab.get_by_role("button", name="Kungälv").click()
    tab.wait_for_selector(".resultaten tbody tr")
    assert "kommun=1482" in tab.url


@pytest.mark.parametrize("page", ["jamfor", "liknande"])
def test_reading_works_without_scripts(browser: Any, address: str, page: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/{page}/")
    text = tab.locator("main").inner_text()
    content = tab.content()
    context.close()
    assert "skript i webbläsaren" in text
    if page == "jamfor":
        assert content.count(".xlsx") == 10
        assert content.count(".csv") == 10
    else:
        assert content.count("<details") >= 21
        assert all(f"{one.slug}/index.html" in content for one in kommuner())


_SIX = f"jamfor/?plats={PLACES},14,A2,0114&indikator={MEASURED},{ANSWERED}"


@pytest.mark.parametrize(
    ("query", "width", "look"),
    [
        (_SIX, 1280, "light"),
        (_SIX, 320, "dark"),
        ("liknande/?kommun=1440", 1280, "dark"),
        ("liknande/?kommun=1440", 320, "light"),
    ],
)
def test_nothing_stands_in_the_way_of_anybody(tab: Any, address: str, query: str, width: int, look: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=look)
    _open(tab, address, query)
    if query.startswith("jamfor"):
        _drawn(tab, 2)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    violations = axe.Axe().run(tab, options=options).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations] == []


def test_a_chart_follows_the_look(tab: Any, address: str) -> None:
    tab.emulate_media(color_scheme="light")
    _open(tab, address, f"jamfor/?plats=1480&indikator={MEASURED}")
    _drawn(tab, 1)
    light = tab.locator(".diagram").inner_html()
    tab.emulate_media(color_scheme="dark")
    _until(tab, "(old) => document.querySelector('.diagram').innerHTML.includes('#6cb8e6')", light)
    assert "#6cb8e6" not in light
