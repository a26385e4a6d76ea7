"""Fixtures that several test modules share."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real public data, or skip where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real public data (../shared/data) is not on this machine")
    return SHARED_DATA
