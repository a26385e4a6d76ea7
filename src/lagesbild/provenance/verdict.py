"""The verdict on a rebuilt release: what is identical, and of the rest where it starts and what differs.

Three things are held against each other: what the manifest states, what was published, and what was built anew. A
file that was published otherwise than the manifest states has been changed since; one that is built otherwise comes
of something that differs, and the graph tells what.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lagesbild.provenance.differences.files import file_differences
from lagesbild.provenance.differences.found import Difference
from lagesbild.provenance.graph import CODE, PRODUCT, Graph, environment_differences, first_differences

#: So many differences of a file are told, and of so many files of a kind that differ for the same reason.
DIFFERENCES_SHOWN, FILES_SHOWN = 5, 4

#: What became of a product.
PUBLISHED = "changed since the manifest was written: built anew it is as the manifest states"
MANIFEST = "stated otherwise in the manifest: published and built anew it is the same"
REBUILT = "built anew it is another"
BOTH = "changed since the manifest was written, and built anew it is another"
MISSING = "stated in the manifest but not in the release"
EXTRA = "in the release, but neither stated in the manifest nor built anew"
UNBUILT = "in the release, but not built anew"
NEW = "built anew, but not in the release"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is not identical.

    Parameters
    ----------
    name
        The product, or the raw file, code or manifest.
    what
        What is wrong with it.
    starts
        The nodes where a rebuilt product's difference starts.
    differences
        The first of what differs.
    more
        Whether there are more.
    code
        Whether it is a file of the code.
    """

    name: str
    what: str
    starts: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    more: bool = False
    code: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came of building a release anew.

    Parameters
    ----------
    total, identical
        Number of products, and of those that are the same in manifest, release and rebuild.
    inputs
        Raw files, code and environment that are not those of the release, told before anything is built.
    findings
        Products that are not identical.
    telling
        Files that tell of the products, and so differ as they do.
    open_only
        Whether other figures were released than the manifest states, so that new ones are only told where the
        published release shows one.
    """

    total: int
    identical: int
    inputs: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    open_only: bool
    telling: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether everything is identical."""
        return not self.inputs and not self.findings and self.total > 0

    def text(self) -> str:
        """Return the verdict for people: inputs, then products by where their difference starts."""
        lines = []
        for one in self.inputs:
            lines += [f"{one.name}: {one.what}", *self._told(one)]
        groups: dict[tuple[str, tuple[str, ...]], list[Finding]] = {}
        for one in self.findings:
            groups.setdefault((one.what, one.starts), []).append(one)
        for (what, starts), members in groups.items():
            many = "product" if len(members) == 1 else "products"
            lines.append(f"{len(members)} {many}: {what}" + (f". It starts at {_joined(starts)}" if starts else ""))
            shown: Counter[str] = Counter()
            for one in members:
                kind = Path(one.name).suffix
                shown[kind] += 1
                if shown[kind] <= FILES_SHOWN:
                    lines += [f"  {one.name}", *self._told(one)]
            lines += [
                f"  and {count - FILES_SHOWN} more {kind or 'files without a kind'}"
                for kind, count in sorted(shown.items())
                if count > FILES_SHOWN
            ]
        if self.telling:
            lines.append(f"{' and '.join(self.telling)}: another, as they tell of what differs")
        if self.open_only and any(one.differences for one in self.findings):
            lines.append(
                "Other figures were released than the manifest states, so a new one is shown only where the "
                "published release shows one too. What was built anew must not be spread."
            )
        lines.append(f"{self.identical} of {self.total} identical")
        return "\n".join(lines)

    def _told(self, finding: Finding) -> list[str]:
        lines = [f"    {one.told(open_only=self.open_only)}" for one in finding.differences]
        return lines + (["    and more"] if finding.more else [])


def judge(
    stated: Mapping[str, str],
    published: Mapping[str, str],
    made: Mapping[str, str],
    *,
    graphs: tuple[Graph, Graph],
    read: tuple[Callable[[str], bytes], Callable[[str], bytes]],
    inputs: Iterable[Finding] = (),
    code: Sequence[str] = (),
) -> Verdict:
    """Return the verdict on products.

    Parameters
    ----------
    stated, published, made
        Hash of each product as the manifest states it, as it was published, and as it was built anew.
    graphs
        What the stated and the rebuilt ones were made from.
    read
        Read a published and a rebuilt product.
    inputs
        What was found of raw files, code and environment.
    code
        Files of the code that differ; named where nothing nearer is known.
    """
    findings = []
    known: dict[str, frozenset[str]] = {}
    names = sorted(stated.keys() | published.keys() | made.keys())
    tally: Counter[tuple[str, tuple[str, ...], str]] = Counter()
    for name in names:
        what = _what(stated.get(name), published.get(name), made.get(name))
        if what is None:
            continue
        starts = _starts(graphs, name, code, known) if what in (REBUILT, BOTH) else ()
        group = (what, starts, Path(name).suffix)
        tally[group] += 1
        differences: list[Difference] = []
        # What differs is looked for in as many files as are shown.
        if tally[group] <= FILES_SHOWN and name in published and name in made:
            told = file_differences(name, read[0](name), read[1](name))
            differences = list(itertools.islice(told, DIFFERENCES_SHOWN + 1))
        findings.append(
            Finding(
                name=name,
                what=what,
                starts=starts,
                differences=tuple(differences[:DIFFERENCES_SHOWN]),
                more=len(differences) > DIFFERENCES_SHOWN,
            )
        )
    return Verdict(
        total=len(names),
        identical=len(names) - len(findings),
        inputs=tuple(inputs),
        findings=tuple(findings),
        open_only=_released_otherwise(*graphs),
    )


def _what(stated: str | None, published: str | None, made: str | None) -> str | None:
    """Return what is wrong with a product, null where nothing is."""
    if stated == published == made:
        return None
    if published is None:
        return NEW if stated is None else MISSING
    if made is None:
        return EXTRA if stated is None else UNBUILT
    if made == published:
        return MANIFEST
    if made == stated:
        return PUBLISHED
    return REBUILT if stated == published else BOTH


def _starts(
    graphs: tuple[Graph, Graph], name: str, code: Sequence[str], known: dict[str, frozenset[str]]
) -> tuple[str, ...]:
    """Return where a product's difference starts: nodes, a folder of code by its files that differ."""
    found: set[str] = set()
    for one in first_differences(*graphs, PRODUCT + name, known):
        own = one.removeprefix(CODE)
        files = [file for file in code if own != one and (file == own or file.startswith(f"{own}/"))]
        found |= set(files) or {one}
    if any(any(graph.inputs.get(one) for graph in graphs) for one in found):
        # A step differs while nothing that it is known to be made from does: what is left are code and environment.
        found |= set(code) or set(environment_differences(*graphs))
    return tuple(sorted(found))


def _released_otherwise(stated: Graph, made: Graph) -> bool:
    """Return whether other observations were released, or it isn't known."""
    names = {name for graph in (stated, made) for name in graph.hashes if name.startswith("released/")}
    return not names or any(stated.hashes.get(name) != made.hashes.get(name) for name in names)


def _joined(starts: tuple[str, ...]) -> str:
    told = [one.replace(PRODUCT, "the making of ") for one in starts]
    return " and ".join(told) if len(told) <= 4 else f"{', '.join(told[:4])} and {len(told) - 4} more"
