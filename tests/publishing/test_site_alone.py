"""Two builds of the same website take turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.files import BusyError, holding
from lagesbild.publishing import site
from lagesbild.publishing.layout import Layout


def test_a_site_is_built_by_one_run_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    met = []

    def staged(_: Layout, *, cores: int) -> None:
        with pytest.raises(BusyError), holding(layout.site_project, wait=False):
            pytest.fail("another run may build it too")
        met.append("busy")
        raise InterruptedError

    monkeypatch.setattr(site, "stage_site", staged)
    with pytest.raises(InterruptedError):
        site.build_site(layout)
    assert met == ["busy"]
    with holding(layout.site_project, wait=False):
        pass
