"""A cluster that can't be used says what to do; `test_jobs` has one at work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lagesbild.publishing import cluster
from lagesbild.publishing.cluster import ClusterError, run_on_cluster
from lagesbild.publishing.cluster_worker import carry_out
from lagesbild.publishing.jobs import Job
from lagesbild.publishing.records import Record


def a_job(**inputs: str) -> Job:
    wanted = Record(document="tiny.qmd", kind="prov", parameters={}, engine="", inputs=inputs, outputs={})
    return Job(name="nr-0", task=0, wanted=wanted, record="r.json", writes=())


def test_without_dask_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(
        ClusterError, match=r"needs Dask's package distributed\. Install it: pip install 'lagesbild\[cl"
    ):
        list(run_on_cluster(print, [a_job()], root=tmp_path, scheduler="tcp://127.0.0.1:1"))


def test_without_a_scheduler_the_error_says_how_to_start_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` (package distributed) is not installed")
    monkeypatch.setattr(cluster, "ANSWER", 0.2)
    with pytest.raises(ClusterError, match=r"no scheduler answers at tcp://127\.0\.0\.1:1\. Start one: dask scheduler"):
        list(run_on_cluster(print, [a_job()], root=tmp_path, scheduler="tcp://127.0.0.1:1"))


def test_a_worker_with_another_version_refuses() -> None:
    outcome, products = carry_out(print, a_job(**{"src/lagesbild": "another", "data.parquet": "aa"}), {})
    assert outcome.error == "a worker has another version of lagesbild (src/lagesbild): install the same as here"
    assert outcome.hopeless
    assert products == {}
