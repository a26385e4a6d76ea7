"""No figure that the gate withheld stands anywhere in the release, in whatever form."""

from __future__ import annotations

import os

import pytest
from built import Built

from lagesbild.disclosure.withheld import secrets_of
from lagesbild.provenance.leak_scan import scan


def test_no_secret_in_any_file(built: Built) -> None:
    if not (built.layout.work / "store").is_dir():
        pytest.skip("the folder _work beside the release, which tells what was withheld, is not here")
    secrets = secrets_of(built.layout.work, built.layout.raw)
    if built.layout.synthetic:
        assert len(secrets) > 500, "the demo's canaries are gone"
    leaks = scan(built.folder, secrets, jobs=os.cpu_count() or 1)
    assert not leaks, "\n".join(f"{leak.file} ({leak.part}): {leak.secret}" for leak in leaks[:20])
