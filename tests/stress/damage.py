"""Files cut short and with bits turned: what the importers take in, and what one step hands to the next."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _bit(content: bytes, chance: random.Random) -> bytes:
    turned = bytearray(content)
    turned[chance.randrange(len(turned))] ^= 1 << chance.randrange(8)
    return bytes(turned)


def _block(content: bytes, chance: random.Random) -> bytes:
    """Return the content with a block of zeros in it, as a disk leaves that has lost a sector."""
    at = chance.randrange(len(content))
    size = min(512, len(content) - at)
    return content[:at] + bytes(size) + content[at + size :]


def _grown(content: bytes, chance: random.Random) -> bytes:
    """Return the content with a piece of itself once more at its end, as a transfer that was begun anew leaves."""
    return content + content[chance.randrange(len(content)) :]


#: Ways to damage a file's content.
DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "cut short": _cut,
    "a bit turned": _bit,
    "a block of zeros": _block,
    "a piece twice": _grown,
}


def damage(path: Path, how: str, chance: random.Random) -> bool:
    """Damage a file in its place; return whether its content is another now. Its time stays, as on a bad disk."""
    content = path.read_bytes()
    changed = DAMAGES[how](content, chance) if content else content
    if changed == content:
        return False
    times = path.stat()
    path.unlink()  # never through a link into another world
    path.write_bytes(changed)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return True
