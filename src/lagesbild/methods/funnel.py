"""Funnel limits: how far from the whole country's share a kommun's may lie by chance, by its denominator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats
from scipy.special import ndtri

from lagesbild.methods.intervals import Bounds, Floats

#: The share at each end that winsorising pulls in, so that a few real outliers don't widen the funnel for all.
WINSORISED = 0.1

#: With fewer kommuner than this nothing can be said of over-dispersion.
FEWEST = 10


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """The funnel of one indicator and year.

    Parameters
    ----------
    target
        The whole's share, 0 to 1: the sum of numerators over the sum of denominators.
    n_kommuner
        How many kommuner it is made from.
    phi
        Mean squared z score after winsorising; about 1 where chance alone is at work.
    over_dispersed
        Whether phi is larger than chance gives (`over_dispersion`).
    tau
        Standard deviation of the kommuner's true shares about the target, 0 to 1; 0 where not over-dispersed.
    """

    target: float
    n_kommuner: int
    phi: float
    over_dispersed: bool
    tau: float

    def limits(self, denominators: npt.ArrayLike, *, level: float) -> Bounds:
        """Return the limits at each denominator: 0 to 1, nan where the denominator isn't positive.

        Without over-dispersion the exact binomial ones (`binomial_limits`). With it the normal ones with the variance
        target (1 - target) / n + tau squared (additive random effects; Spiegelhalter 2005 and 2012, as in
        `funnel`), which stay open for large kommuner too.

        Parameters
        ----------
        denominators
            Any shape.
        level
            In percent: 95 or 99.8.
        """
        n = np.asarray(denominators, dtype=np.float64)
        if not self.over_dispersed:
            return binomial_limits(self.target, n, level=level)
        n = np.where(n > 0, n, np.nan)
        half = float(ndtri(0.5 + level / 200.0)) * np.sqrt(self.target * (1.0 - self.target) / n + self.tau**2)
        return np.clip(self.target - half, 0.0, 1.0), np.clip(self.target + half, 0.0, 1.0)


def binomial_limits(target: float, denominators: npt.ArrayLike, *, level: float) -> Bounds:
    """Return the exact binomial limits, interpolated so that they don't jump with the denominator.

    Spiegelhalter (2005), appendix: with r the smallest count whose cumulative probability reaches p, the limit is
    (r - a) / n, a = (F(r) - p) / (F(r) - F(r - 1)).

    Parameters
    ----------
    target
        0 to 1.
    denominators
        Any shape; whole numbers are meant.
    level
        In percent.
    """
    n = np.asarray(denominators, dtype=np.float64)
    usable = n > 0
    whole = np.where(usable, np.round(n), 1.0)
    found = []
    for tail in (0.5 - level / 200.0, 0.5 + level / 200.0):
        r = stats.binom.ppf(tail, whole, target)
        here, below = stats.binom.cdf(r, whole, target), stats.binom.cdf(r - 1, whole, target)
        step = here - below
        # Where all have the attribute, or none, there is nothing between the counts.
        within = (step > 0) & (0.0 < target < 1.0)
        a = np.where(within, (here - tail) / np.where(within, step, 1.0), 0.0)
        found.append(np.where(usable, np.clip((r - a) / whole, 0.0, 1.0), np.nan))
    return found[0], found[1]


def z_scores(numerators: Floats, denominators: Floats, target: float) -> Floats:
    """Return how many standard errors each share lies from the target; nan without a denominator or a spread."""
    n = np.where(denominators > 0, denominators, np.nan)
    error = np.sqrt(max(target * (1.0 - target), 0.0) / n)
    return (numerators / n - target) / np.where(error > 0, error, np.nan)


def winsorised(z: Floats, share: float = WINSORISED) -> Floats:
    """Return the z scores with the outermost `share` at each end set to the quantile there; nan left out."""
    known = z[np.isfinite(z)]
    if len(known) == 0 or share <= 0:
        return known
    low, high = np.quantile(known, [share, 1.0 - share])
    return np.clip(known, low, high)


def over_dispersion(phi: float, n: int) -> bool:
    """Return whether `n` kommuner's phi is larger than chance gives: above 1 + 2 sqrt(2 / n).

    Without over-dispersion n phi is about chi-square with n degrees of freedom (Spiegelhalter 2005).
    Winsorising makes phi smaller, so that the test raises false alarm less often than the 2 to 3 percent it names.
    """
    return n >= FEWEST and phi > 1.0 + 2.0 * float(np.sqrt(2.0 / n))


def funnel(numerators: npt.ArrayLike, denominators: npt.ArrayLike, *, winsorise: float = WINSORISED) -> Funnel:
    """Return the funnel of one indicator's kommuner.

    Tau is DerSimonian and Laird's (1986, Controlled Clinical Trials 7, 177-188), from the winsorised z scores:
    (n phi - (n - 1)) / (sum w - sum w^2 / sum w), w = 1 / variance (Spiegelhalter 2005, Statistics in Medicine 24,
    1185-1202; Spiegelhalter, Sherlaw-Johnson, Bardsley, Blunt, Wood and Grigg 2012, Journal of the Royal
    Statistical Society A 175, 1-47).

    Parameters
    ----------
    numerators, denominators
        Shape (kommuner,); rows without a number, or with a denominator of zero, or a numerator past it, are left out.
    winsorise
        Share at each end; see `winsorised`.

    Returns
    -------
    Funnel
        With nothing to go on the target is nan; where all have the attribute, or none, there is no spread.
    """
    x, n = np.asarray(numerators, dtype=np.float64), np.asarray(denominators, dtype=np.float64)
    usable = (n > 0) & (x >= 0) & (x <= n)
    x, n = x[usable], n[usable]
    if len(n) == 0:
        return Funnel(target=float("nan"), n_kommuner=0, phi=float("nan"), over_dispersed=False, tau=0.0)
    target = float(x.sum() / n.sum())
    z = winsorised(z_scores(x, n, target), winsorise)
    if len(z) == 0:
        return Funnel(target=target, n_kommuner=len(n), phi=0.0, over_dispersed=False, tau=0.0)
    phi = float(np.mean(z**2))
    warranted = over_dispersion(phi, len(z))
    weights = n / (target * (1.0 - target))
    room = float(weights.sum() - (weights**2).sum() / weights.sum())
    variance = max((len(z) * phi - (len(z) - 1)) / room, 0.0) if room > 0 else 0.0
    return Funnel(
        target=target,
        n_kommuner=len(n),
        phi=phi,
        over_dispersed=warranted,
        tau=float(np.sqrt(variance)) if warranted else 0.0,
    )
