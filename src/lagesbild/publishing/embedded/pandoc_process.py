"""A Pandoc process that stays, for as long as the process that asks it: documents in, documents out.

Starting Pandoc and letting it read its first document takes twice the time of the work itself. One that has died, or
been killed, is replaced, and the document it had is tried once more.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import pypandoc

WORKER = Path(__file__).with_name("pandoc_worker.lua")
ENGINE = Path(__file__).with_name("engine.lua")

#: A process makes so many documents and is then replaced: what it has once taken of memory it does not give back.
DOCUMENTS_EACH = 200


def pandoc_path() -> Path:
    """Return the Pandoc that came with the package, never one that happens to be on PATH."""
    return Path(pypandoc.__file__).parent / "files" / "pandoc"


class PandocDied(Exception):
    """The process ended under a document; the message is what it wrote last."""


class PandocProcess:
    """One process, which converts one document at a time."""

    def __init__(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - stands for the process's life
        environment = {"LC_ALL": "C.UTF-8", "HOME": os.devnull}
        environment |= {key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ}
        self._process = subprocess.Popen(
            [str(pandoc_path()), "lua", str(WORKER), str(ENGINE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
        )
        self.owner = os.getpid()
        self.made = 0

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def convert(self, asked: Mapping[str, Any], markdown: str) -> tuple[str, str]:
        """Return "done" and the document, "faults" and what the engine found (JSON), or "failed" and why.

        Parameters
        ----------
        asked
            What ``pandoc_worker.lua`` needs to know.
        markdown
            The document.

        Raises
        ------
        PandocDied
            If the process is not there, or ends meanwhile.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        head, body = json.dumps(asked, ensure_ascii=False).encode(), markdown.encode()
        self._errors.seek(0)
        self._errors.truncate()
        try:
            self._process.stdin.write(b"%d %d\n%s%s" % (len(head), len(body), head, body))
            self._process.stdin.flush()
            kind, size = _line(self._process.stdout)
            text = self._process.stdout.read(size)
        except (BrokenPipeError, EOFError):
            raise PandocDied(self._last_words()) from None
        if len(text) < size:
            raise PandocDied(self._last_words())
        self.made += 1
        return kind, text.decode("utf-8")

    def stop(self) -> None:
        """End the process, also in the middle of a document."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._errors):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()  # type: ignore[union-attr]

    def _last_words(self) -> str:
        code = self._process.wait()
        self._errors.seek(0)
        return self._errors.read().decode("utf-8", "replace").strip() or f"it ended with {code}"


def _line(stream: IO[bytes]) -> tuple[str, int]:
    """Return the kind and size of an answer."""
    words = stream.readline().split()
    if len(words) != 2:
        raise EOFError
    return words[0].decode(), int(words[1])


class _Standing:
    """This process's Pandoc."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: PandocProcess | None = None

    def get(self) -> PandocProcess:
        """Return the process; a new one where there is none, or only the parent's, or one that has done its share."""
        if self.process is not None and self.process.owner != os.getpid():
            self.process = None
        if self.process is not None and self.process.made >= DOCUMENTS_EACH:
            self.end()
        if self.process is None:
            self.process = PandocProcess()
        return self.process

    def end(self) -> None:
        """End the process."""
        if self.process is not None:
            process, self.process = self.process, None
            process.stop()


_standing = _Standing()
# A forked child must not wait for a lock that a thread of its parent held.
os.register_at_fork(after_in_child=lambda: setattr(_standing, "lock", threading.Lock()))


def ask_pandoc(asked: Mapping[str, Any], markdown: str) -> tuple[str, str]:
    """Convert a document in this process's Pandoc; see `PandocProcess.convert`.

    A process that ends under the document is replaced and the document tried once more; then it "failed".
    """
    with _standing.lock:
        for _ in range(2):
            try:
                return _standing.get().convert(asked, markdown)
            except PandocDied as error:
                reason = str(error)
                _standing.end()
            except BaseException:  # half an answer would be taken for that of the next document
                _standing.end()
                raise
        return "failed", reason
