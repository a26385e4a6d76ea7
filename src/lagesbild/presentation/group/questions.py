"""Questions for a group's kommuner to put to each other, each with its grounds in the figures."""

from __future__ import annotations

from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.group.summary import differing, names_of
from lagesbild.presentation.group.view import GroupResult, GroupView
from lagesbild.presentation.wording import antal, capitalised, count_word

#: How many questions of each kind are put.
MOST = 4


def questions(view: GroupView) -> str:
    """Return the questions as a list; those that the figures give no grounds for are left out."""
    lines = [*_learn(view), *_worsened(view), *_routines(view)]
    start = "Siffrorna visar var det kan löna sig att prata, inte vad skillnaderna beror på.\n\n"
    common = [
        "**Innan ni jämför.** Menar ni samma sak? Gå igenom hur varje kommun har räknat och vem som har svarat.",
        "**När ni har jämfört.** Vad kan en kommun pröva till nästa mätning, och vem följer upp det?",
    ]
    return start + "\n".join(f"- {line}" for line in [common[0], *lines, common[1]]) + "\n"


def _learn(view: GroupView) -> list[str]:
    both = [one for one in differing(view) if one.against("battre") and one.against("samre")]
    return [
        f"**{_title(one)}.** {names_of(one.against('battre'))} ligger säkert bättre än riket, "
        f"{names_of(one.against('samre'))} säkert sämre. Vad gör kommunerna på olika sätt, och vilka förutsättningar "
        "skiljer?"
        for one in both[:MOST]
    ]


def _worsened(view: GroupView) -> list[str]:
    found = [
        (one, one.trending("forsamring"))
        for one in view.quality
        if len(one.trending("forsamring")) >= 2 and len(one.trending("forsamring")) > len(one.trending("forbattring"))
    ]
    found.sort(key=lambda pair: (-len(pair[1]), pair[0].indicator.id))
    return [
        f"**{_title(one)}.** Säkert försämrat i {antal(len(members), 'kommun', 'kommuner')}: {names_of(members)}. "
        f"Har de en gemensam orsak? Har någon vänt utvecklingen?"
        for one, members in found[:MOST]
    ]


def _routines(view: GroupView) -> list[str]:
    found = [(one, one.answered("ja"), one.answered("nej")) for one in view.checklist]
    shared = [entry for entry in found if entry[1] and len(entry[2]) >= 2]
    shared.sort(key=lambda entry: (-min(len(entry[1]), len(entry[2])), entry[0].indicator.id))
    return [
        f"**{_title(one)}.** {capitalised(antal(len(yes), 'kommun', 'kommuner'))} svarar ja, "
        f"{count_word(len(no))} nej. Vilka kan dela med sig av hur de gjorde?"
        for one, yes, no in shared[:MOST]
    ]


def _title(result: GroupResult) -> str:
    return markdown_text(result.indicator.short_title)
