"""Build a release anew in a clean folder, and compare all with what was published and what its manifest states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lagesbild.errors import NotBuiltError
from lagesbild.files import sha256
from lagesbild.provenance.figure_steps import figure_commands
from lagesbild.provenance.given import given_findings, overwritten
from lagesbild.provenance.graph import Graph, graph_of
from lagesbild.provenance.manifest import BESIDE
from lagesbild.provenance.manifest import NAME as MANIFEST
from lagesbild.provenance.material import Material, read_manifest
from lagesbild.provenance.same_files import release_hashes
from lagesbild.provenance.scratch_build import lay_out, make_command, raw_folder, run_build
from lagesbild.provenance.scratch_folder import fresh_folder
from lagesbild.provenance.verdict import Finding, Verdict, judge
from lagesbild.publishing.layout import Layout


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """How a release is built anew.

    Parameters
    ----------
    folder
        The scratch folder; what is in it from an earlier attempt is removed.
    jobs
        Processes.
    build
        The command that builds the whole release in the scratch folder, where it isn't make's.
    tell
        Gets a line at each step.
    """

    folder: Path
    jobs: int
    build: Sequence[str] = ()
    tell: Callable[[str], object] = lambda line: None


def reproduce(material: Material, attempt: Attempt, *, product: str = "") -> Verdict:
    """Build a release anew and return the verdict.

    Parameters
    ----------
    material
        What it is built from and compared with.
    attempt
        How.
    product
        The one product to build and compare, in place of the whole release.

    Raises
    ------
    BuildFailedError
        If it can't be built.
    """
    fresh_folder(attempt.folder)
    raw = material.raw_hashes()
    layout = lay_out(material, attempt.folder, raw)
    found = given_findings(material, layout.root, raw)
    for one in found:
        attempt.tell(f"{one.name}: {one.what}")
    stated = graph_of(material.manifest)
    make = list(attempt.build) or make_command(material, layout, attempt.jobs)
    commands = figure_commands(product, stated, layout, make) if product and not attempt.build else [make]
    if product and not attempt.build:
        commands.append([".venv/bin/lagesbild", "manifest", "--source", layout.source, "--year", str(layout.year)])
    log = attempt.folder.with_name(f"{attempt.folder.name}.log")
    attempt.tell(f"Building in {attempt.folder}; what the build prints is in {log}")
    run_build(commands, attempt.folder, log)
    if material.raw is not None:
        found += overwritten(raw, raw_folder(layout))
    return compare_with(material, layout, inputs=found, product=product)


def compare_with(material: Material, layout: Layout, *, inputs: Sequence[Finding] = (), product: str = "") -> Verdict:
    """Return the verdict on what was built in a folder.

    Raises
    ------
    NotBuiltError
        If nothing was.
    """
    if not layout.release.is_dir():
        raise NotBuiltError(f"the release {layout.release.name} in the scratch folder", "make reproduce")
    stated = {str(one["path"]): str(one["sha256"]) for one in material.manifest.get("products", ())}
    sides = [stated, _hashes(material.release, product), _hashes(layout.release, product)]
    if product:
        sides = [_only(side, product) for side in sides]
    plain = [{name: digest for name, digest in side.items() if name not in BESIDE} for side in sides]
    graphs: tuple[Graph, Graph] = graph_of(material.manifest), graph_of(_made_manifest(layout))
    code = [one.name for one in inputs if one.code]
    read = (lambda name: (material.release / name).read_bytes(), lambda name: (layout.release / name).read_bytes())
    verdict = judge(plain[0], plain[1], plain[2], graphs=graphs, read=read, inputs=inputs, code=code)
    if product:
        return verdict
    tellers = [{name: side[name] for name in BESIDE if name in side} for side in sides[1:]]
    if verdict.findings:
        same = {name for name in tellers[0] if tellers[0][name] == tellers[1].get(name)}
        names = tellers[0].keys() | tellers[1].keys()
        return replace(
            verdict,
            total=verdict.total + len(names),
            identical=verdict.identical + len(same),
            telling=tuple(sorted(names - same)),
        )
    # The manifest tells of every product, so it differs where one does. Where none does, it may still tell otherwise of
    # how they were made.
    whole = [plain[0] | tellers[0], plain[1] | tellers[0], plain[2] | tellers[1]]
    return judge(whole[0], whole[1], whole[2], graphs=graphs, read=read, inputs=inputs, code=code)


def _hashes(release: Path, product: str) -> dict[str, str]:
    if not product:
        return release_hashes(release)
    return {product: sha256(release / product)} if (release / product).is_file() else {}


def _only(hashes: Mapping[str, str], product: str) -> dict[str, str]:
    return {product: hashes[product]} if product in hashes else {}


def _made_manifest(layout: Layout) -> dict[str, Any]:
    return read_manifest(layout.release) if (layout.release / MANIFEST).is_file() else {}
