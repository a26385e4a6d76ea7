"""The errors of Lägesbild: one small tree, each saying what, where, what was expected and what to do.

Errors cross process borders (a batch's workers, forked notebooks), so every one of them pickles: an error keeps its
constructor's arguments in ``args`` and builds its message in ``__str__``.
"""

from __future__ import annotations

import difflib
import errno
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: A message lists this many faults of a kind before it only counts the rest.
FAULTS_SHOWN_PER_KIND = 20


class LagesbildError(Exception):
    """Base of every error this package raises on purpose."""

    #: Whether every other document of a batch would fail in the same way.
    hopeless = False
    #: Whether a process was killed, so that the document is tried once more.
    killed = False


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing wrong with an input, at one place.

    Parameters
    ----------
    what
        What is wrong, in one clause ("value 140 is no percentage").
    file, sheet, row, column
        Where it stands. `row` counts from one as a spreadsheet shows it.
    indicator, region, year
        What the faulty cell is about, where that is known.
    expected
        What would have been right ("0-100").
    action
        What the reader should do ("correct the cell or ask the source").
    """

    what: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    indicator: str | None = None
    region: str | None = None
    year: int | None = None
    expected: str | None = None
    action: str | None = None

    def place(self) -> str:
        """Return where the fault is, as one readable phrase (empty if nowhere in particular)."""
        named = (
            ("", self.file),
            ("sheet ", self.sheet),
            ("row ", self.row),
            ("column ", self.column),
            ("indicator ", self.indicator),
            ("region ", self.region),
            ("year ", self.year),
        )
        return ", ".join(f"{label}{value}" for label, value in named if value is not None)

    def __str__(self) -> str:
        """Return the fault as one line."""
        place = self.place()
        text = f"{place}: {self.what}" if place else self.what
        if self.expected:
            text += f" (expected {self.expected})"
        if self.action:
            text += f". {self.action}"
        return text


class InputError(LagesbildError):
    """An outside file was refused whole; every fault found in it is listed.

    Parameters
    ----------
    headline
        What was refused ("dump refused, 3 faults").
    faults
        All faults found, in the order of the input.
    """

    #: A message lists this many faults of a kind.
    shown_per_kind = FAULTS_SHOWN_PER_KIND

    def __init__(self, headline: str, faults: Sequence[Fault]) -> None:
        super().__init__(headline, tuple(faults))
        self.headline = headline
        self.faults = tuple(faults)

    def __str__(self) -> str:
        """Return the headline and the faults, a line each; long runs of one kind are counted."""
        lines = [f"{self.headline} ({len(self.faults)} fault{'s' if len(self.faults) != 1 else ''})"]
        shown: dict[tuple[str | None, str | None], int] = {}
        for fault in self.faults:
            kind = (fault.action, fault.expected)
            shown[kind] = shown.get(kind, 0) + 1
            if shown[kind] <= self.shown_per_kind:
                lines.append(f"  - {fault}")
        hidden = sum(n - self.shown_per_kind for n in shown.values() if n > self.shown_per_kind)
        if hidden:
            lines.append(f"  - and {hidden} more of the same kinds")
        lines.append("Nothing was stored; what was published before is unchanged.")
        return "\n".join(lines)


class ProseError(InputError):
    """Analysts' prose says what the figures don't: every fault is listed, each is a sentence that someone wrote."""

    shown_per_kind = 10_000


class CatalogueError(InputError):
    """A catalogue or register file breaks its schema; faults name file and line."""


class ParameterError(LagesbildError):
    """A parameter, kommun, year or area that does not exist.

    Parameters
    ----------
    name
        The parameter ("kommun").
    given
        What was given.
    known
        The values (or parameter names) that would do.
    """

    def __init__(self, name: str, given: object, known: Iterable[str]) -> None:
        known = tuple(known)
        super().__init__(name, given, known)
        self.name = name
        self.given = given
        self.known = known

    @property
    def suggestions(self) -> list[str]:
        """The known values most like the given one, best first (at most three)."""
        lowered = {value.lower(): value for value in self.known}
        close = difflib.get_close_matches(str(self.given).lower(), lowered, n=3, cutoff=0.5)
        return [lowered[value] for value in close]

    def __str__(self) -> str:
        """Return the message with a suggestion."""
        text = f"unknown {self.name}: {self.given!r}"
        if self.suggestions:
            return f"{text}. Did you mean {' or '.join(self.suggestions)}?"
        if 0 < len(self.known) <= 30:
            return f"{text}. Choose one of: {', '.join(self.known)}"
        return text


class DocumentError(LagesbildError):
    """A document can't be rendered: names file, line and construct.

    Parameters
    ----------
    file, line
        Where in the source document.
    what
        What is wrong or outside the supported subset.
    action
        What to do about it.
    """

    def __init__(self, file: str, line: int | None, what: str, action: str = "") -> None:
        super().__init__(file, line, what, action)
        self.file = file
        self.line = line
        self.what = what
        self.action = action

    def __str__(self) -> str:
        """Return ``file:line: what. action``."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.what}" + (f". {self.action}" if self.action else "")


class NotebookError(DocumentError):
    """A cell of a notebook failed; `what` holds the cell's last line of traceback."""


class KilledError(NotebookError):
    """The process of a notebook was killed, perhaps for want of memory; it may do better another time."""

    killed = True


class NotBuiltError(LagesbildError):
    """Something is asked for that an earlier step has not made yet.

    Parameters
    ----------
    what
        What is missing ("released observations for aldreomsorg 2024").
    command
        The command that makes it.
    """

    def __init__(self, what: str, command: str) -> None:
        super().__init__(what, command)
        self.what = what
        self.command = command

    def __str__(self) -> str:
        """Return what is missing and how to make it."""
        return f"{self.what} is not built yet. Run: {self.command}"


class DamagedError(LagesbildError):
    """A file that one step handed to the next is not as it was left: a bad disk, an edit, or a step that was stopped.

    Parameters
    ----------
    files
        The files, or the folder.
    command
        The command that makes them anew.
    """

    def __init__(self, files: tuple[str, ...], command: str) -> None:
        super().__init__(files, command)
        self.files = files
        self.command = command

    def __str__(self) -> str:
        """Return which files it is, and how to make them anew."""
        named = ", ".join(self.files[:FAULTS_SHOWN_PER_KIND])
        more = len(self.files) - FAULTS_SHOWN_PER_KIND
        others = f" and {more} more" if more > 0 else ""
        return (
            f"not as the step that wrote it left it: {named}{others}. Nothing was made from it. "
            f"Make it anew: {self.command}"
        )


class BuildFailedError(LagesbildError):
    """A release could not be built anew.

    Parameters
    ----------
    command
        The command that failed.
    code
        What it ended with.
    lines
        The last that it printed.
    """

    def __init__(self, command: str, code: int, lines: str) -> None:
        super().__init__(command, code, lines)
        self.command = command
        self.code = code
        self.lines = lines

    def __str__(self) -> str:
        """Return the command and the last that it printed."""
        return f"not built anew: {self.command} ended with {self.code}. The last that it printed:\n{self.lines}"


class MissingFontError(LagesbildError):
    """The font that every document is set in is not there.

    Parameters
    ----------
    family
        Name of the font.
    file
        The file that is missing, empty where the whole package is.
    package
        The Python package that brings it.
    """

    hopeless = True

    def __init__(self, family: str, file: str, package: str) -> None:
        super().__init__(family, file, package)
        self.family = family
        self.file = file
        self.package = package

    def __str__(self) -> str:
        """Return which font is missing and how to get it."""
        where = f" (no file {self.file})" if self.file else ""
        return f"the font {self.family} is missing{where}. Run: pip install --force-reinstall {self.package}"


class DiskFullError(LagesbildError):
    """There is no room for a file.

    Parameters
    ----------
    file
        The file that was being written, empty where it is not known.
    what
        The system's own words.
    """

    hopeless = True

    def __init__(self, file: str, what: str) -> None:
        super().__init__(file, what)
        self.file = file
        self.what = what

    def __str__(self) -> str:
        """Return which file there is no room for, and what to do."""
        where = f" ({self.file})" if self.file else ""
        return (
            f"the disk is full: {self.what}{where}. "
            "What was made before stands; make room and run the same command again: it goes on where it stopped"
        )


#: No space left, a quota used up, a file larger than is allowed.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def disk_full(error: BaseException) -> DiskFullError | None:
    """Return the error that says what to do, if `error` comes of a full disk."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, DiskFullError):
            return cause
        if isinstance(cause, OSError) and cause.errno in _FULL:
            return DiskFullError(str(cause.filename or ""), os.strerror(cause.errno or 0))
        cause = cause.__cause__ or cause.__context__
    # A cell, Pandoc or Quarto runs in a process of its own and only leaves its words.
    if os.strerror(errno.ENOSPC) in str(error):
        return DiskFullError("", os.strerror(errno.ENOSPC))
    return None
