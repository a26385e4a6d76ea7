"""Know a figure by its digits, however it is printed."""

from __future__ import annotations

from fractions import Fraction

#: So few digits say nothing of whose they are; so many tell one figure from millions of others.
FEWEST, MOST = 9, 12
#: Shares of so few are too common to be anybody's fingerprint: two of three is 66,666... everywhere.
_COMMON = 2_000


def digits_key(digits: str) -> str | None:
    """Return what a number's digits are compared by; null where they are too few.

    A number of `MOST` digits or more is known by the first of them. A shorter one is known by all, for its
    beginning alone would be found by chance in a longer one.
    """
    digits = digits.lstrip("0").rstrip("0")
    return digits[:MOST] if len(digits) >= FEWEST else None


def digits_of(value: float) -> str | None:
    """Return the `digits_key` of a figure."""
    return digits_key(f"{abs(value):.15g}".partition("e")[0].replace(".", ""))


def fingerprint(value: float) -> str | None:
    """Return `digits_of` a figure that can be told from others by them; null where it can't."""
    digits = digits_of(value)
    if digits is None:
        return None
    near = Fraction(value).limit_denominator(_COMMON)
    if near.denominator > 1 and abs(float(near) - value) < 1e-9 * abs(value):
        return None
    return digits
