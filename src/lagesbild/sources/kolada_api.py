"""Kolada's API, version 3: pages, batches of 25 ids, and patience with a busy server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from lagesbild.errors import LagesbildError

BASE_URL = "https://api.kolada.se/v3"

#: The most ids that one segment of a path may hold, and the most objects of a page.
MAX_IDS = 25
MAX_PER_PAGE = 5000

#: Tries of one request, and the wait before the second; each further wait is twice the one before.
_TRIES = 6
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 300.0
_TIMEOUT = 60.0

_BUSY = 429
_FIRST_SERVER_ERROR = 500


class KoladaError(LagesbildError):
    """Kolada doesn't answer, or not as it should.

    Parameters
    ----------
    url
        What was asked for.
    what
        What came instead.
    action
        What to do about it.
    """

    def __init__(self, url: str, what: str, action: str) -> None:
        super().__init__(url, what, action)
        self.url = url
        self.what = what
        self.action = action

    def __str__(self) -> str:
        """Return what was asked for, what came and what to do."""
        return f"Kolada: {self.what} from {self.url}. {self.action}"


class KoladaClient:
    """A client of Kolada's API; use it as a context manager.

    Parameters
    ----------
    base_url
        Where the API is.
    sleep
        Called with seconds between tries; tests pass their own.
    tries
        How often one request is tried before the client gives up. Waits double from one second, without
        a random part: the same course of answers gives the same course of requests.
    timeout
        Seconds before an unanswered request counts as failed.
    """

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        sleep: Callable[[float], None] = time.sleep,
        tries: int = _TRIES,
        timeout: float = _TIMEOUT,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._sleep = sleep
        self._tries = tries
        self._http = httpx.Client(timeout=timeout, headers={"Accept": "application/json"})

    def __enter__(self) -> KoladaClient:
        """Return the client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._http.close()

    def kpis(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Return the descriptions of the KPIs, in batches; an unknown id is left out by the API."""
        return [one for batch in batches(ids) for one in self._pages(f"kpi/{','.join(batch)}")]

    def all_kpis(self) -> list[dict[str, Any]]:
        """Return the descriptions of every KPI there is."""
        return list(self._pages("kpi"))

    def municipalities(self) -> list[dict[str, Any]]:
        """Return all kommuner (type K) and regions with riket (type L)."""
        return [one for kind in ("K", "L") for one in self._pages("municipality", {"region_type": kind})]

    def municipality_groups(self) -> list[dict[str, Any]]:
        """Return all groups of kommuner with their members."""
        return list(self._pages("municipality_groups"))

    def kpi_groups(self) -> list[dict[str, Any]]:
        """Return all groups of KPIs with their members."""
        return list(self._pages("kpi_groups"))

    def units(self) -> list[dict[str, Any]]:
        """Return all units (Kolada's "ou"): id, title and municipality."""
        return list(self._pages("ou"))

    def data(
        self,
        kpis: Sequence[str],
        municipalities: Sequence[str],
        years: Sequence[int],
        *,
        from_date: str | None = None,
    ) -> list[dict[str, Any]]:
        """Return the data objects of at most 25 KPIs, 25 municipalities and 25 years.

        Parameters
        ----------
        kpis, municipalities, years
            Ids and years.
        from_date
            ISO date: only what was changed then or later, taken-back values too.

        Raises
        ------
        ValueError
            If there are more ids than a path may hold; split them with `batches`.
        KoladaError
            If the API can't be reached or refuses.
        """
        return self._values("data", ("municipality", municipalities), kpis, years, from_date)

    def unit_data(
        self, kpis: Sequence[str], units: Sequence[str], years: Sequence[int], *, from_date: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the data objects of units; otherwise as `data`."""
        return self._values("oudata", ("ou", units), kpis, years, from_date)

    def _values(
        self,
        kind: str,
        places: tuple[str, Sequence[str]],
        kpis: Sequence[str],
        years: Sequence[int],
        from_date: str | None,
    ) -> list[dict[str, Any]]:
        segments = [("kpi", kpis), places, ("year", [str(year) for year in years])]
        for name, ids in segments:
            if not 0 < len(ids) <= MAX_IDS:
                raise ValueError(f"{len(ids)} ids for {name}; a path holds 1 to {MAX_IDS}")
        path = "/".join(f"{name}/{','.join(ids)}" for name, ids in segments)
        return list(self._pages(f"{kind}/{path}", {"from_date": from_date} if from_date else None))

    def _pages(self, path: str, query: Mapping[str, str] | None = None) -> Iterator[dict[str, Any]]:
        """Yield the objects of all pages, following `next_url`."""
        params = {**(query or {}), "per_page": str(MAX_PER_PAGE)}
        url: str | None = str(httpx.URL(f"{self.base_url}/{path}", params=params))
        seen: set[str] = set()
        while url:
            if url in seen:
                raise KoladaError(url, "the same page twice", "Try again later or tell Kolada")
            seen.add(url)
            envelope = self._get(url)
            yield from envelope["values"]
            url = self._next(url, envelope.get("next_url"))

    def _next(self, url: str, next_url: str | None) -> str | None:
        """Return the address of the next page; it must be on the same server."""
        if not next_url:
            return None
        absolute = urljoin(url, next_url)
        if urlsplit(absolute).netloc != urlsplit(self.base_url).netloc:
            raise KoladaError(url, f"a next page on another server ({absolute})", "Check the address of the API")
        return absolute

    def _get(self, url: str) -> dict[str, Any]:
        """Return one page, trying again when the server is busy, failing or silent."""
        trouble = ""
        for attempt in range(self._tries):
            wait = _FIRST_WAIT * 2**attempt
            try:
                response = self._http.get(url)
            except httpx.TransportError as error:
                trouble = f"no answer ({type(error).__name__})"
            else:
                if response.is_success:
                    return _envelope(url, response)
                trouble = f"status {response.status_code}"
                if response.status_code == _BUSY:
                    wait = _retry_after(response, wait)
                elif response.status_code < _FIRST_SERVER_ERROR:
                    raise KoladaError(url, trouble, "The request is wrong: check KPI ids and years")
            if attempt + 1 < self._tries:
                self._sleep(min(wait, _LONGEST_WAIT))
        what = f"{trouble} after {self._tries} tries"
        raise KoladaError(url, what, "Run the same command later: it goes on where it stopped")


def _envelope(url: str, response: httpx.Response) -> dict[str, Any]:
    """Return the answer's JSON if it is what the API promises: `{values, count, next_url}`."""
    try:
        found = response.json()
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("values"), list):
        raise KoladaError(url, "an answer without a list of values", "Check the address of the API")
    return found


def _retry_after(response: httpx.Response, otherwise: float) -> float:
    """Return the seconds the server asks to wait.

    A date instead of seconds is not followed: it would need the clock of this machine to be right.
    """
    text = response.headers.get("Retry-After", "").strip()
    return float(text) if text.isdecimal() else otherwise


def batches(ids: Sequence[Any], size: int = MAX_IDS) -> list[list[Any]]:
    """Return the ids in lists of at most `size`, in order.

    >>> batches([1, 2, 3], size=2)
    [[1, 2], [3]]
    """
    return [list(ids[start : start + size]) for start in range(0, len(ids), size)]
