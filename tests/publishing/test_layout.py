"""Where files land: the places that the README and the design name."""

from __future__ import annotations

from pathlib import Path

from lagesbild.publishing.layout import SOURCE_NAMES, Layout

DEMO = Layout(root=Path("/r"), source="demo", year=2024)


def test_a_release_covers_nine_years_and_has_its_own_folders() -> None:
    assert [*DEMO.years] == [*range(2016, 2025)]
    assert DEMO.release == Path("/r/_release/demo-2024")
    assert DEMO.kommun_folder("1440-ale") == Path("/r/_release/demo-2024/kommuner/1440-ale")
    assert DEMO.analysis("hemloshet", 2020) == Path("/r/_work/demo/2024/analysis/hemloshet/2020")


def test_nothing_that_is_not_published_lies_in_the_release() -> None:
    private = (DEMO.work, DEMO.raw, DEMO.released, DEMO.underlag, DEMO.records, DEMO.twins, DEMO.site_project)
    assert not [folder for folder in private if folder.is_relative_to(DEMO.root / "_release")]
    assert DEMO.site.is_relative_to(DEMO.release)


def test_two_report_years_of_one_source_share_the_observations_and_nothing_else() -> None:
    other = Layout(root=Path("/r"), source="demo", year=2023)
    assert other.released == DEMO.released
    for name in ("underlag", "records", "twins", "site_project", "release"):
        assert getattr(other, name) != getattr(DEMO, name)


def test_only_the_demo_is_synthetic_and_its_name_says_so() -> None:
    for source, name in SOURCE_NAMES.items():
        synthetic = Layout(root=Path("/r"), source=source, year=2024).synthetic
        assert synthetic == (source == "demo") == name.startswith("Syntetiska data")
