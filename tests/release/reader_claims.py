"""The sentences of a kommun's summary, each read back into the claim it makes and held against the facts.

A sentence that fits no pattern here is a fault too: nobody has checked it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from reader_facts import Facts, half_up, turned

from lagesbild.catalogue.areas import AREAS

_WORDS = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
_NUMBERS = {word: number for number, word in enumerate(_WORDS)} | {"ett": 1, "inga": 0, "båda": 2}
_N = r"(?:\d[\d\u202f\u00a0 ]*\d|\d|" + "|".join(_NUMBERS) + ")"
_AREA_IDS = {area.name: area.id for area in AREAS}


def count(text: str) -> int:
    """Return a count in letters or digits."""
    return _NUMBERS.get(text.lower(), -1) if text[:1].isalpha() else int(re.sub(r"\s", "", text))


def figure(text: str) -> str:
    """Return a printed number as plain digits with a decimal comma: "5 521" is "5521"."""
    return re.sub(r"[\s\u2212]", lambda found: "-" if found[0] == "\u2212" else "", text)


class Claims:
    """What the sentences of one kommun's summary say."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.checked = 0
        self._patterns: list[tuple[re.Pattern[str], Callable[..., object]]] = [
            (re.compile(pattern + r"\Z", re.IGNORECASE), check)
            for pattern, check in (
                (rf".+ har resultat för ({_N}) av de ({_N}) kvalitetsindikatorer som har mätts (\d+)\.", self._known),
                (rf"Av ({_N}) kvalitetsresultat som kan jämföras ligger (.+)\.", self._quarters),
                (rf"Alla ({_N}) kvalitetsresultat som kan jämföras ligger (.+)\.", self._one_quarter),
                (rf"Med bara slump skulle ungefär ({_N}) ligga i varje ände\.", self._by_chance),
                (r"(.*säkerställt (?:bättre|sämre) än riket)\.", self._secured),
                (r"Övriga kan ligga där av en slump, eller har inte kunnat prövas\.", self._rest_unsecured),
                (r"Svaret är (.+)\.", self._answers),
                (r"Kommunen har inte svarat på några kvalitetsfrågor\.", lambda: self._none(self.facts.answers)),
                (r"Tydligast bland de bästa är (.+)\.", self._strongest),
                (r"(.+) \(([^()]+)\) har (ökat|minskat) från (.+?) till (.+?) sedan (\d+)\.", self._changed),
                (r"(.+) \(([^()]+)\) har en (upp|ned)åtgående trend sedan (\d+), senast (.+)\.", self._goes),
                (r"Ingen (förbättring|försämring) är statistiskt säkerställd\.", self._no_trend),
                (
                    rf"Av de ({_N}) prövade serierna skulle (?:ungefär ({_N})|någon enstaka) "
                    r"se säkerställda? ut av en slump även utan förändring\.",
                    self._chance,
                ),
                (
                    r"Den enda prövade serien kan se säkerställd ut av en slump även utan förändring\.",
                    lambda: len(self._tested()) == 1,
                ),
                (r"Ingen serie har de tre mätningar som en prövning kräver\.", lambda: self._none(self._tested())),
                (r"(.+) \(([^()]+)\): (.+) \((\d{4})\)\. (.+)\.", self._first_look),
                (
                    rf"({_N}) svar på kvalitetsfrågorna har ändrats sedan frågan senast ställdes\.",
                    self._answers_changed,
                ),
                (
                    r"Inget svar på kvalitetsfrågorna har ändrats sedan frågan senast ställdes\.",
                    lambda: self._none(self._changes()),
                ),
                (r"Inga svar från kommunen finns för (\d+)\.", self._no_answers),
                (r"Svaren kan inte jämföras med någon tidigare mätning\.", self._no_earlier_answers),
                (r"(Nytt ja|Inte längre ja|Ändrat mellan delvis och nej): (.+)\.", self._which_answers),
                (rf"({_N}) resultat kan inte visas: (.+)\.", self._absent),
                (rf"({_N}) resultat (är dol[dt]a? .+|saknar .+|gäller .+|saknas .+)\.", self._absent_alike),
                (
                    rf"({_N}) indikator(?:er)? mäts inte (\d+) enligt mätplanen(?:, och (.+) har slutat .+)?\.",
                    self._resting,
                ),
                (
                    rf"({_N}) indikator(?:er)? har slutat mätas eller saknas i källan för alla kommuner\.",
                    self._ended,
                ),
                (r"Hela listan med alla skäl finns i avsnittet Att analysera vidare\.", lambda: True),
            )
        ]

    def check(self, sentence: str) -> str | None:
        """Return what is wrong with a sentence, or null where its claim holds."""
        for pattern, check in self._patterns:
            if found := pattern.match(sentence):
                self.checked += 1
                try:
                    held = check(*found.groups())
                except AssertionError as error:
                    return f"{sentence!r}: {error}"
                return None if held in (True, None) else f"{sentence!r}: {held}"
        return f"{sentence!r}: nobody knows how to check it"

    def _quarter_counts(self) -> Counter[str]:
        return Counter(one.quarter for one in self.facts.places.values())

    def _known(self, known: str, measured: str, year: str) -> bool:
        own = sum(self.facts.known(name) for name in self.facts.measured)
        return (count(known), count(measured), int(year)) == (own, len(self.facts.measured), self.facts.year)

    def _quarters(self, total: str, places: str) -> bool:
        found = self._quarter_counts()
        assert count(total) == found.total()
        told = {
            place: count(n) for n, place in re.findall(rf"({_N}) (bland de bästa|i mitten|bland de sämsta)", places)
        }
        return told == {_PLACES[quarter]: n for quarter, n in found.items() if n}

    def _one_quarter(self, total: str, place: str) -> bool:
        return {_PLACES[quarter]: n for quarter, n in self._quarter_counts().items()} == {place: count(total)}

    def _by_chance(self, told: str) -> bool:
        return count(told) == half_up(self._quarter_counts().total() / 4)

    def _secured_counts(self) -> dict[str, tuple[int, int]]:
        """Return of the best and the worst how many there are, and how many are secured."""
        found = {}
        for quarter, word in (("best", "battre"), ("worst", "samre")):
            names = [name for name, one in self.facts.places.items() if one.quarter == quarter]
            found[quarter] = (len(names), sum(self.facts.secured(name) == word for name in names))
        return found

    def _secured(self, told: str) -> bool:
        counts = self._secured_counts()
        for quarter in ("best", "worst"):
            whole, part = counts[quarter]
            if not whole:
                continue
            said = f"säkerställt {'bättre' if quarter == 'best' else 'sämre'} än riket"
            some = re.search(rf"({_N}) av de ({_N}) {_PLACES[quarter]} är {said}", told, re.IGNORECASE)
            every = re.search(rf"(båda|alla ({_N})) {_PLACES[quarter]} är {said}", told, re.IGNORECASE)
            only = re.search(rf"det enda {_PLACES[quarter]} är (inte )?{said}", told, re.IGNORECASE)
            if some:
                assert (count(some[1]), count(some[2])) == (part, whole), f"{part} of {whole}"
            elif every:
                assert whole == part == (2 if every[1].lower() == "båda" else count(every[2])), f"{part} of {whole}"
            else:
                assert only, f"nothing is said of {_PLACES[quarter]}"
                assert (whole, part) == (1, 0 if only[1] else 1), f"{part} of {whole}"
        return True

    def _rest_unsecured(self) -> bool:
        return any(whole > part for whole, part in self._secured_counts().values())

    def _answers(self, told: str) -> bool:
        found = Counter(self.facts.answers.values())
        every = re.fullmatch(rf"(\w+) på (?:alla ({_N})|(båda|den enda)) kvalitetsfråg\w+", told)
        if every:
            number = count(every[2]) if every[2] else 2 if every[3] == "båda" else 1
            return found == {every[1]: number}
        said = {answer: count(n) for answer, n in re.findall(rf"(ja|delvis|nej) på ({_N})", told)}
        total = re.search(rf"av ({_N}) kvalitetsfrågor", told)
        assert total
        return said == dict(found) and count(total[1]) == found.total()

    def _none(self, things: object) -> bool:
        return not things

    def _strongest(self, told: str) -> bool:
        for title, figures in re.findall(r"(?:^|, | och )(.+?) \(((?:index )?[\d\u202f−-][^()]*)\)", told):
            name = self._named(title, lambda one: self.facts.places.get(one) is not None)
            one = self.facts.places[name]
            assert one.quarter == "best", f"{title} is {one}"
            assert one.same <= 10, f"{one.same} share the place of {title}"
            assert not self.facts.on_few(name), f"{title} is on few"
            own, _, riket = figures.partition(", riket ")
            self._says(own, self.facts.value(name))
            if riket:
                self._says(riket, float(self.facts.country.compared.loc[(name, self.facts.kod), "riket"]))
        return True

    def _named(self, title: str, wanted: Callable[[str], bool], area: str | None = None) -> str:
        """Return the indicator of that title (of an area, where it is told) that could be meant."""
        plain = title.strip()
        found = [
            name
            for name, one in self.facts.country.quality.items()
            if _plain(one.short_title) == _plain(plain)
            and (area is None or one.area == _AREA_IDS[area])
            and wanted(name)
        ]
        assert found, f"no indicator called {title!r} fits"
        return found[0]

    def _says(self, printed: str, value: float) -> None:
        """Assert that a printed figure is the value, rounded half up to as many decimals as are printed."""
        number = re.search(r"[−-]?\d[\d\u202f\u00a0 ]*(?:,\d+)?", printed)
        assert number, f"no figure in {printed!r}"
        text = figure(number[0])
        decimals = len(text.partition(",")[2])
        assert text == str(half_up(value, decimals)).replace(".", ","), f"{printed!r} is {value}"

    def _trending(self, title: str, area: str) -> tuple[str, list[tuple[int, float]]]:
        name = self._named(title, self.facts.known, area)
        assert self.facts.trend_label(name).startswith("sakerstalld"), f"{title} has no secured trend"
        assert not self.facts.on_few(name), f"{title} is on few"
        row = self.facts.trend(name)
        assert row is not None
        return name, self.facts.points(name, int(row["first_year"]))

    def _changed(self, *told: str) -> bool:
        title, area, way, first, last, year = told
        _, points = self._trending(title, area)
        (first_year, before), (last_year, after) = points[0], points[-1]
        self._says(first, before)
        self._says(last, after)
        assert last_year == self.facts.year, f"the last measuring is of {last_year}"
        return int(year) == first_year and (after > before) == (way == "ökat")

    def _goes(self, title: str, area: str, way: str, year: str, last: str) -> bool:
        name, points = self._trending(title, area)
        self._says(last, points[-1][1])
        return int(year) == points[0][0] and (self.facts.slope(name, points[0][0]) > 0) == (way == "upp")

    def trends(self, kind: str, lines: list[str]) -> str | None:
        """Return what is wrong with a list of secured trends of one kind, or null: how many it names and counts."""
        found = [name for name in self._numbers() if self.facts.trend_label(name) == f"sakerstalld_{kind}"]
        few = sum(self.facts.on_few(name) for name in found)
        rest = re.fullmatch(
            rf"(?:Ytterligare ({_N}) finns [^;]+?)?(?:; )?(?:({_N}) (?:till|säkerställda? [^;]+?) bygger på [^;]+)?\.",
            lines[-1],
            re.IGNORECASE,
        )
        named = len(lines) - bool(rest)
        told = named + sum(count(one) for one in (rest.groups() if rest else ()) if one)
        counted_few = count(rest[2]) if rest and rest[2] else 0
        self.checked += bool(rest)
        if (told, counted_few) != (len(found), few):
            return f"{kind}: {told} are told, {counted_few} of them on few; there are {len(found)}, {few} on few"
        return None

    def is_rest(self, line: str) -> bool:
        """Return whether a line of a list counts what the list leaves out."""
        return bool(re.match(rf"Ytterligare {_N} finns|{_N} (till|säkerställda?) .*bygger på", line, re.IGNORECASE))

    def _numbers(self) -> list[str]:
        return [n for n in self.facts.measured if self.facts.known(n) and not self.facts.indicator(n).is_answer]

    def _no_trend(self, kind: str) -> bool:
        label = {"förbättring": "sakerstalld_forbattring", "försämring": "sakerstalld_forsamring"}[kind]
        return all(self.facts.trend_label(name) != label for name in self._numbers())

    def _tested(self) -> list[str]:
        return [name for name in self._numbers() if self.facts.trend_label(name) not in ("", "for_fa")]

    def _chance(self, tested: str, expected: str | None) -> bool:
        own = len(self._tested())
        # Less than a half is "någon enstaka".
        return count(tested) == own and (count(expected) if expected else 0) == half_up(0.05 * own)

    def _first_look(self, title: str, area: str, result: str, year: str, because: str) -> bool:
        name = self._named(title, lambda one: True, area)
        indicator = self.facts.indicator(name)
        history = self.facts.history
        rows = history[(history["indicator"] == name) & (history["year"] == int(year))]
        assert len(rows) == 1, f"there is no result of {year}"
        own = rows.iloc[0]
        if indicator.is_answer:
            assert result == own["answer"], f"the answer is {own['answer']}"
        else:
            self._says(result, float(own["value"]))
        # A result of an earlier year stands among the results of that year.
        then = Facts(self.facts.country.in_year(int(year)), self.facts.kod)
        for ground in because.split(", "):
            Claims(then)._ground(name, ground[:1].lower() + ground[1:])
        return True

    def _ground(self, name: str, ground: str) -> None:
        row = self.facts.country.compared.loc[(name, self.facts.kod)]
        if place := re.fullmatch(r"bland de sämsta \(plats (\d+)(?:–(\d+))? av (\d+)\)", ground):
            one = self.facts.places[name]
            assert one.quarter == "worst", f"{one}"
            first, last, total = int(place[1]), int(place[2] or place[1]), int(place[3])
            assert (first, last, total) == (one.rank, one.better + one.same, one.total), f"{one}"
        elif secured := re.fullmatch("(mycket )?säkert sämre än riket", ground):
            assert self.facts.secured(name) == "samre", "it is not secured worse than riket"
            assert float(row["niva_riket"]) == (99.8 if secured[1] else 95.0), f"the level is {row['niva_riket']}"
        elif ground in _TRENDS:
            assert self.facts.trend_label(name) == _TRENDS[ground], f"its trend is {self.facts.trend_label(name)}"
        elif share := re.fullmatch(r"(\d+) procent av liknande kommuner svarar ja", ground):
            self._says(share[1], float(row["liknande"]))
        elif ahead := re.fullmatch(r"liknande kommuner ligger ([\d\u202f,]+)[^,]*? bättre", ground):
            direction = self.facts.indicator(name).direction.value
            self._says(ahead[1], turned_gap(direction, self.facts.value(name), float(row["liknande"])))
        elif people := re.fullmatch(r"resultatet gäller ([\d\u202f]+) (?:personer|hushåll)", ground):
            self._says(people[1], float(self.facts.now.loc[name, "denominator"]))
        else:
            raise AssertionError(f"nobody knows how to check {ground!r}")

    def _changes(self) -> list[tuple[str, str, str]]:
        found = []
        for name, answer in self.facts.answers.items():
            before = self.facts.previous_answer(name)
            if before and before != answer:
                found.append((name, before, answer))
        return found

    def _answers_changed(self, told: str) -> bool:
        return count(told) == len(self._changes()) > 0

    def _no_answers(self, year: str) -> bool:
        return int(year) == self.facts.year and not self.facts.answers

    def _no_earlier_answers(self) -> bool:
        return bool(self.facts.answers) and not any(map(self.facts.previous_answer, self.facts.answers))

    def _which_answers(self, kind: str, told: str) -> bool:
        changes = self._changes()
        kinds = {
            "Nytt ja": [name for name, _, after in changes if after == "ja"],
            "Inte längre ja": [name for name, before, _ in changes if before == "ja"],
            "Ändrat mellan delvis och nej": [name for name, *both in changes if "ja" not in both],
        }
        rest = re.search(rf"(?:^| och )({_N}) till$", told)
        titles = re.sub(rf" och {_N} till$", "", told)
        named = 0
        for name in kinds[kind]:
            title = _plain(self.facts.indicator(name).short_title)
            if title in _plain(titles):
                named, titles = named + 1, _plain(titles).replace(title, "", 1)
        assert not re.sub(r"[,\s]|\boch\b", "", titles), f"{titles!r} is none of them"
        return named + (count(rest[1]) if rest else 0) == len(kinds[kind])

    def _reasons(self) -> Counter[str]:
        return Counter(self.facts.status(name) for name in self.facts.measured if not self.facts.known(name))

    def _absent(self, total: str, parts: str) -> bool:
        found = self._reasons()
        told = {
            status: count(number)
            for status, words in _REASONS.items()
            for number in re.findall(rf"({_N}) {words}", parts)
        }
        return count(total) == found.total() and told == dict(found)

    def _absent_alike(self, total: str, words: str) -> bool:
        status = next(status for status, pattern in _REASONS.items() if re.match(pattern, words))
        return self._reasons() == {status: count(total)}

    def _unmeasured(self) -> tuple[int, int]:
        """Return how many indicators rest this year by rhythm or pause, and how many are gone or have no figures."""
        names = set(self.facts.listed) - set(self.facts.measured)
        resting = sum(self.facts.rests(name) for name in names)
        return resting, len(names) - resting

    def _resting(self, resting: str, year: str, ended: str | None) -> bool:
        assert int(year) == self.facts.year
        told = (count(resting), count(ended) if ended else 0)
        assert told == self._unmeasured(), f"there are {self._unmeasured()}"
        return True

    def _ended(self, ended: str) -> bool:
        return (0, count(ended)) == self._unmeasured()

    def picture(self, alt: str) -> list[str]:
        """Return what is wrong with the text of the picture: of each row its result, its place and riket's side."""
        faults = []
        for area, rows in re.findall(r"([^.:]+): (.+?)\.(?= |$)", alt.partition("är bättre. ")[2]):
            for row in rows.split("; "):
                self.checked += 1
                try:
                    self._picture_row(area.strip(), row)
                except AssertionError as error:
                    faults.append(f"{area}: {row!r}: {error}")
        return faults

    def _picture_row(self, area: str, row: str) -> None:
        if row.startswith("checklista: "):
            given = [answer for name, answer in self.facts.answers.items() if self._area(name) == _AREA_IDS[area]]
            told = re.fullmatch(r"checklista: (?:ja på (\d+) av (\d+) fråg\w+|inga svar)", row)
            assert told, "nobody knows how to check it"
            assert (int(told[1] or 0), int(told[2] or 0)) == (given.count("ja"), len(given))
            return
        told = re.fullmatch(
            r"(.+): ([\d\u202f,]+)(?:\u00a0[^,]+)?, (bland de bästa|i mitten|bland de sämsta), "
            r"plats (\d+)(?:–(\d+))? av (\d+)( \(få\))?(?:, till (höger|vänster) om riket)?",
            row,
        )
        if not told:
            title, absent = row.rpartition(": ")[::2]
            name = self._named(title, lambda one: True, area)
            status = {"sekretess": "sekretess", "uppgift saknas i källan": "saknas"}.get(absent.rpartition(", ")[2])
            assert not self.facts.known(name), "there is a result"
            assert status is None or self.facts.status(name) == status, f"it is {self.facts.status(name)}"
            return
        title, printed, place, first, last, total, few, side = told.groups()
        name = self._named(title, self.facts.known, area)
        one = self.facts.places[name]
        self._says(printed, self.facts.value(name))
        assert place == _PLACES[one.quarter], f"{one}"
        assert (int(first), int(last or first), int(total)) == (one.rank, one.better + one.same, one.total), f"{one}"
        assert bool(few) == self.facts.on_few(name), "few or not"
        riket = float(self.facts.country.compared.loc[(name, self.facts.kod), "riket"])
        own, other = (turned(self.facts.indicator(name), value) for value in (self.facts.value(name), riket))
        assert side != ("vänster" if own < other else "höger"), f"riket has {riket}"

    def _area(self, name: str) -> str:
        return self.facts.indicator(name).area


_TRENDS = {
    "försämras säkerställt": "sakerstalld_forsamring",
    "försämras kanske": "mojlig_forsamring",
    "fanns tidigare men inte nu": "upphord",
    "svaret har växlat": "vaxlande",
    "har inte funnits tidigare heller": "aldrig",
}
_PLACES = {"best": "bland de bästa", "middle": "i mitten", "worst": "bland de sämsta"}
_REASONS = {
    "sekretess": "är dol(?:t|da) av sekretesskäl",
    "bortfall": "saknar svar eller har för få svar",
    "ej_tillamplig": "gäller inte kommunen",
    "saknas": "saknas i källan",
}


def _plain(title: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", title).strip()


def turned_gap(direction: str, own: float, other: float) -> float:
    """Return how much better another's figure is than one's own."""
    return other - own if direction == "hog" else own - other


def sentences(paragraph: str) -> Iterator[str]:
    """Yield the sentences of a paragraph."""
    yield from re.split(r"(?<=\.)\s+(?=[A-ZÅÄÖ\d])", " ".join(paragraph.split()))
