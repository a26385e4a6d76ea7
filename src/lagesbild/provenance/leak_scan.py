"""Look for withheld figures in everything that is published.

A secret is known by its digits, so that a decimal comma, a thousands' space, a percent sign or an exponent
hide nothing. Only figures with many digits can be told from others in this way: canaries, and figures with
long tails. That no secret can be worked out from what stands there is for the attacker's test to show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lagesbild.disclosure.fingerprints import FEWEST, digits_key
from lagesbild.provenance.published_text import STREAM, texts_of
from lagesbild.shared_work import in_processes

_SPACE = r"(?:[\u00a0\u2009\u202f\u2007 ]|&nbsp;|&#160;|&#8239;|&thinsp;|\\u202f|\\u00a0)"
#: A number with its thousands set apart, long enough to hold a secret.
_SPACED = re.compile(rf"(?<!\d)\d{{1,3}}(?:{_SPACE}\d{{3}}){{2,}}(?:[.,]\d+)?")
#: Whatever may hold a long number; the numbers are then picked out of it ("1,2,3,4,5" is none).
_LONG = re.compile(rf"\d[\d.,]{{{FEWEST - 1},}}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_TABLES = (".csv", ".parquet")
#: Batches per process: even work, few starts.
_BATCHES = 4


@dataclass(frozen=True, kw_only=True)
class Leak:
    """A withheld figure found in a published file.

    Parameters
    ----------
    file
        Path within the release.
    part
        Where in the file: page text, a member of an archive, a column, a stream.
    secret
        Which figure it is (indicator, year, region, sex), never the figure itself.
    """

    file: str
    part: str
    secret: str


def scan(release: Path, secrets: Mapping[str, str], *, jobs: int = 1) -> list[Leak]:
    """Return every place of a release where a secret stands.

    Parameters
    ----------
    release
        Folder of published files; each one is opened, whatever its kind.
    secrets
        By their digits (`lagesbild.disclosure.fingerprints`): which figures they are.
    jobs
        Processes.
    """
    paths = sorted(path for path in release.rglob("*") if path.is_file())
    batches = [paths[start :: jobs * _BATCHES] for start in range(jobs * _BATCHES)]
    found = in_processes(_scan_files, ((batch, release, secrets) for batch in batches), jobs=jobs)
    return sorted((leak for batch in found for leak in batch), key=lambda leak: (leak.file, leak.part, leak.secret))


def _scan_files(paths: list[Path], release: Path, secrets: Mapping[str, str]) -> list[Leak]:
    leaks = []
    for path in paths:
        name = path.relative_to(release).as_posix()
        leaks += [Leak(file=name, part="name", secret=one) for one in _found(name, secrets)]
        for part, text in texts_of(path):
            # Spaces in numbers are for readers; in a table's source or a drawing's they part one number from the next.
            spaced = path.suffix not in _TABLES and not part.startswith(STREAM)
            leaks += [Leak(file=name, part=part, secret=one) for one in _found(text, secrets, spaced=spaced)]
    return leaks


def _found(text: str, secrets: Mapping[str, str], *, spaced: bool = True) -> Iterator[str]:
    """Yield the secrets that stand in a text, once each, in their order."""
    yield from sorted({secrets[key] for key in _keys(text, spaced) if key in secrets})


def _keys(text: str, spaced: bool) -> Iterator[str]:
    """Yield what each long number of a text is known by, once: a drawing's coordinates come again and again."""
    numbers = {one for long in set(_LONG.findall(text)) for one in _NUMBER.findall(long)}
    if spaced:
        numbers.update(re.sub(_SPACE, "", one) for one in _SPACED.findall(text))
    for number in numbers:
        key = digits_key(re.sub("[.,]", "", number))
        if key is not None:
            yield key
