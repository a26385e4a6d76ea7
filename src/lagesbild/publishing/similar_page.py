"""The list on the page that finds similar kommuner, for readers without scripts."""

from __future__ import annotations

from lagesbild.presentation.compare.pages import similar_lists
from lagesbild.publishing.comparison_groups import release_groups
from lagesbild.publishing.release_metadata import layout_of

#: The topic that the page begins with: no area's own, but the kommun as a whole.
FIRST_TOPIC = "övergripande"


def similar_of_all(*, year: int, source: str) -> str:
    """Return every kommun's nearest neighbours in `FIRST_TOPIC`, län by län, as Markdown."""
    return similar_lists(release_groups(layout_of(source, year)).topic(FIRST_TOPIC).ours)
