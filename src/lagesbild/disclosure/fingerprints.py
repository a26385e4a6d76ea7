"""Know a figure by its digits, however it is printed."""

from __future__ import annotations

from fractions import Fraction

#: So many leading digits tell one figure from another by more than chance.
DIGITS = 9
#: Shares of so few are too common to be anybody's fingerprint: two of three is 66,666... everywhere.
_COMMON = 2_000


def digits_of(value: float) -> str | None:
    """Return the leading `DIGITS` digits of a figure; null where it has fewer, or zeros at the end of them."""
    digits = f"{abs(value):.15g}".partition("e")[0].replace(".", "").lstrip("0")
    if len(digits) < DIGITS or digits[DIGITS - 1] == "0":
        return None
    return digits[:DIGITS]


def fingerprint(value: float) -> str | None:
    """Return `digits_of` a figure that can be told from others by them; null where it can't."""
    digits = digits_of(value)
    if digits is None:
        return None
    near = Fraction(value).limit_denominator(_COMMON)
    if near.denominator > 1 and abs(float(near) - value) < 1e-9 * abs(value):
        return None
    return digits
