"""Independent streams of random numbers, one per named part of the model.

A stream depends on the seed and on the names alone. So an indicator that is added to the catalogue, or a
year that is added to the range, changes no figure that was there before.
"""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, *names: object) -> np.random.Generator:
    """Return the generator of the part called `names`.

    Parameters
    ----------
    seed
        The seed of the whole synthetic Sweden.
    names
        What the stream is for ("ao-hemtjanst-nojdhet", "innovation", 2020).

    Notes
    -----
    The names are hashed with SHA-256 and not with `hash`, which differs from one run of Python to the next.
    """
    digest = hashlib.sha256("\x1f".join(str(name) for name in names).encode()).digest()
    words = [int.from_bytes(digest[i : i + 4], "big") for i in range(0, 16, 4)]
    return np.random.default_rng(np.random.SeedSequence([seed, *words]))
