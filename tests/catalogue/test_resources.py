"""The project's own files are found in a checkout."""

from __future__ import annotations

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.resources import catalogue_folder, project_root, registers_folder


def test_the_checkout_holds_what_a_release_is_made_from() -> None:
    root = project_root()
    for name in ("_quarto.yml", "_extensions/lagesbild", "analysis", "reports/kommunrapport/kommunrapport.qmd", "data"):
        assert (root / name).exists(), name
    assert {path.stem for path in catalogue_folder().glob("*.yml")} == set(AREA_IDS)
    assert (registers_folder() / "kommuner.csv").is_file()
