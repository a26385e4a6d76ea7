"""The composite index in reports: off unless asked for, with how far ranks move, and made anew when figures change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.resources import project_root
from lagesbild.errors import NotBuiltError
from lagesbild.files import write_atomic
from lagesbild.methods.composite_index import Standardised
from lagesbild.methods.index_robustness import index_with_ranks
from lagesbild.presentation.index_tables import CARE, kommun_index_table, signed
from lagesbild.publishing import indexes, kommun_reports
from lagesbild.publishing.kommun_reports import make_kommun_reports
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_metadata import layout_of
from lagesbild.publishing.run_document import read_document


@pytest.fixture
def index(an_indicator: Callable[..., Indicator]) -> pd.DataFrame:
    """Return an index of thirty kommuner, Ale the best of them."""
    z = np.random.default_rng(1).normal(size=(30, 3)).clip(-2, 2)
    z[0] = 2.5
    regions = ["1440", *(f"{n:04d}" for n in range(1, 30))]
    found = Standardised(
        indicators=tuple(an_indicator(f"i{n}", dimension="saker") for n in range(3)),
        regions=tuple(regions),
        z=z,
        se=np.full(z.shape, 0.5),
    )
    return index_with_ranks(found)


def test_the_table_never_shows_a_rank_without_how_far_it_moves(index: pd.DataFrame) -> None:
    text = kommun_index_table(index, kommun="1440", label="tbl-index", caption="Index")
    assert "| 1 av 30 | 1–1 | 1–1 |" in text
    assert "| Säker | \\+2,50 | " in text
    assert kommun_index_table(index, kommun="9999", label="tbl-index", caption="Index") == ""
    assert (signed(0.001), signed(-0.5)) == ("0,00", "−0,50")


def test_the_text_begins_with_the_care_it_must_be_read_with(
    index: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_index", lambda *_: index)
    text = indexes.kommun_index(kommun="Ale", year=2024, source="demo", areas=["aldreomsorg"])
    assert text.startswith(CARE)
    assert "### Äldreomsorg" in text
    assert "Inget index kan räknas för Stockholm" in indexes.kommun_index(kommun="0180", year=2024, source="demo")
    assert "{#tbl-flyttar}" in indexes.area_robustness(area="aldreomsorg", year=2024, source="demo")
    monkeypatch.setattr(indexes, "_index", lambda *_: index.iloc[:0])
    assert "Inget index" in indexes.area_robustness(area="aldreomsorg", year=2024, source="demo")


def test_what_is_written_is_what_reports_read(
    index: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = layout_of("demo", 2024, tmp_path)
    digests = [layout.analysis(area.id).parent / f"{area.id}.digest" for area in AREAS]
    with pytest.raises(NotBuiltError, match="lagesbild analyse"):
        indexes._index(layout, "aldreomsorg")
    for path in digests:
        write_atomic(path, "0" * 64)
    monkeypatch.setattr(indexes, "scaled", lambda *_: None)
    monkeypatch.setattr(indexes, "index_with_ranks", lambda _: index)
    assert len(indexes.write_indexes(layout)) == len(AREAS)
    other = index.assign(rank=1)
    monkeypatch.setattr(indexes, "index_with_ranks", lambda _: other)
    pd.testing.assert_frame_equal(indexes._index(layout, "aldreomsorg"), index)
    # A new analysis has an index of its own.
    for path in digests:
        write_atomic(path, "1" * 64)
    pd.testing.assert_frame_equal(indexes._index(layout, "aldreomsorg"), other)


def test_reports_are_without_it_unless_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = read_document(project_root() / kommun_reports.DOCUMENT)
    parameters = next(cell for cell in document.cells if "parameters" in cell.metadata.get("tags", []))
    assert "index = False" in parameters.source
    layout = Layout(root=tmp_path, source="demo", year=2024)
    layout.underlag.mkdir(parents=True)
    (layout.underlag / "1440.parquet").write_bytes(b"1")
    made = tmp_path / "_work" / "index.parquet"
    made.write_bytes(b"2")
    told = []
    monkeypatch.setattr(kommun_reports, "make_reports", lambda _, reports, **__: told.extend(reports))
    monkeypatch.setattr(indexes, "write_indexes", lambda _: [made])
    for asked in (False, True):
        make_kommun_reports(layout, ["Ale"], index=asked)
    plain, with_index = told
    assert "index" not in plain.parameters
    assert with_index.parameters == {**plain.parameters, "index": True}
    assert set(with_index.inputs) - set(plain.inputs) == {"_work/index.parquet"}
