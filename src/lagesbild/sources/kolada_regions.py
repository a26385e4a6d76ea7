"""How Kolada names regions, and which of ours they are."""

from __future__ import annotations

from lagesbild.catalogue.groups import successor
from lagesbild.catalogue.regions import RIKET, kommun, kommuner_by_code, lan, stadsdelar
from lagesbild.catalogue.vocabulary import Level
from lagesbild.errors import Fault, ParameterError

_KOMMUN_DIGITS = 4


def level_and_region(geo: str) -> tuple[Level, str] | None:
    """Return the level and region of a Kolada code, or null if there is no such region.

    Parameters
    ----------
    geo
        Kolada's code. The API writes riket ``0000`` and a region ``0001``; dumps also ``0`` and ``01``. Four
        other digits are a kommun, six a stadsdel.

    Notes
    -----
    Kolada's "region" is the regional authority (Region Stockholm). For a KPI about social services its
    figure counts the people in the region's territory, which has been exactly the län's since 1998
    (checked in the data: inhabitants and users of personal assistance sum over the län's kommuner). So
    it is read as the län's figure.
    """
    if geo in ("0", RIKET):
        return Level.RIKE, RIKET
    code = geo[2:] if len(geo) == _KOMMUN_DIGITS and geo.startswith("00") else geo
    if code in {one.kod for one in lan()}:
        return Level.LAN, code
    if geo in kommuner_by_code():
        return Level.KOMMUN, geo
    if geo in {one.kod for one in stadsdelar()}:
        return Level.STADSDEL, geo
    return None


def unknown_region(geo: str, *, file: str, row: int, count: int) -> Fault:
    """Return the fault of a code that is no region, with the code that was probably meant.

    Parameters
    ----------
    geo
        The code as it stands.
    file, row
        The file, and the first row the code stands in.
    count
        The number of rows it stands in.
    """
    new_code = successor(geo)
    if new_code is not None:
        hint = f"{geo} was replaced by {new_code} ({kommun(new_code).namn}); use the new code"
    else:
        try:
            found = kommun(geo)
            hint = f"Did you mean {found.kod} ({found.namn})?"
        except ParameterError as error:
            names = [f"{code} ({kommun(code).namn})" for code in error.suggestions if code.isdecimal()]
            hint = f"Did you mean {' or '.join(names)}?" if names else "Correct the code or ask the source"
    return Fault(
        what=f"region code {geo!r} is unknown ({count} row{'s' if count != 1 else ''}, this is the first)",
        file=file,
        row=row,
        column="geo",
        region=geo,
        expected="0 or 0000 for riket, two digits for a län, four for a kommun",
        action=hint,
    )
