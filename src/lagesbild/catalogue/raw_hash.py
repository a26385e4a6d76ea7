"""The hash of a raw file that may be published, of files too that few possible contents could be tried against it.

The manifest states a hash of every raw file. Of a small table that somebody knows all of but a withheld count, every
count could be tried until the hash is right. Files that nobody else has published (a kommun's own, the analyst's) are
therefore hashed with a key, which lies beside them as ``nyckel.txt`` and is published no more than they are.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from lagesbild.errors import Fault, InputError
from lagesbild.files import sha256

#: The key's file, in the folder of raw files.
KEY_FILE = "nyckel.txt"
#: Folders of files that aren't published elsewhere.
_PRIVATE = ("egna/", "analytiker/")
#: Tables in a form so plain that somebody could write the same bytes; workbooks aren't.
_PLAIN = ("socialstyrelsen/", ".csv")
#: A key that can't be guessed has at least so many characters; ours has 64.
_LEAST = 32
_STEP = 1024


def is_keyed(name: str) -> bool:
    """Return whether a raw file, by its path in the folder of raw files, is hashed with the key."""
    folder, form = _PLAIN
    return name.startswith(_PRIVATE) or (name.startswith(folder) and name.lower().endswith(form))


def raw_hash(path: Path, key: str | None) -> str:
    """Return the hash of a raw file, 64 hexadecimal characters.

    Parameters
    ----------
    path
        The file.
    key
        Gives HMAC-SHA256 (RFC 2104); SHA-256 where null.
    """
    if key is None:
        return sha256(path)
    return hmac.new(key.encode(), path.read_bytes(), "sha256").hexdigest()


def told_size(path: Path, *, keyed: bool) -> int:
    """Return a file's size in bytes; in whole KiB, rounded up, where it could tell how many digits a count has."""
    size = path.stat().st_size
    return -(-size // _STEP) * _STEP if keyed else size


def read_key(folder: Path) -> str | None:
    """Return the key that lies in a folder of raw files, null where there is none.

    Raises
    ------
    InputError
        If the file has no key in it, or one that could be guessed.
    """
    path = folder / KEY_FILE
    if not path.is_file():
        return None
    key = path.read_text(encoding="utf-8", errors="replace").strip()
    if len(key) < _LEAST:
        what, action = f"the key has fewer than {_LEAST} characters", "Remove the file: the import makes a new one"
        raise InputError("the key of raw files refused", [Fault(what=what, file=KEY_FILE, action=action)])
    return key


def made_key(folder: Path) -> str:
    """Return the key of a folder of raw files; where there is none it is made, readable by the owner alone.

    Raises
    ------
    InputError
        If there is a faulty one, or none can be written.
    """
    key = read_key(folder)
    if key is not None:
        return key
    path = folder / KEY_FILE
    key = secrets.token_hex(32)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        fault = Fault(
            what=f"can't be written: {error.strerror}",
            file=KEY_FILE,
            action=f"Put a file of that name there with {_LEAST} or more random characters",
        )
        raise InputError("the key of raw files refused", [fault]) from error
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(f"{key}\n")
    return key
