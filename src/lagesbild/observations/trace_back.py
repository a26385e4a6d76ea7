"""From a released observation back to the raw cells that it was read from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.raw_files import RawFile, RawFiles, read_raw_files
from lagesbild.catalogue.raw_place import ObservationKey, RawPlace
from lagesbild.errors import Fault, InputError
from lagesbild.files import sha256
from lagesbild.observations.archive_places import archive_cells
from lagesbild.sources.found_cell import MAIN_FIELDS, FoundCell
from lagesbild.sources.kolada_dump import OBSERVATIONS, UNIT_OBSERVATIONS
from lagesbild.sources.kolada_places import DumpRows
from lagesbild.sources.raw_origins import KOLADA, SOCIALSTYRELSEN, dump_folder
from lagesbild.sources.socialstyrelsen_places import ReadWorkbook, read_workbook, workbook_cells
from lagesbild.sources.tidy import OWN_FILES
from lagesbild.sources.tidy_places import OwnRows, own_file_cells, own_rows


class WayBack:
    """The way back to the raw cells of one import; a file that was read for one observation serves the next.

    Parameters
    ----------
    folder
        The folder of raw files that was imported.
    work
        The source's work folder: its list of raw files tells whether a file is still the one that was imported, its
        ``store/kolada`` what an earlier dump brought where the folder's own holds changes only.
    catalogue
        The indicators.

    Raises
    ------
    NotBuiltError
        If the source has not been imported since lists of raw files are kept.
    """

    def __init__(self, folder: Path, *, work: Path, catalogue: Catalogue) -> None:
        self._folder, self._work, self._catalogue = folder, work, catalogue
        self._listed = read_raw_files(work)
        self._workbooks: dict[str, ReadWorkbook] = {}
        self._own: dict[str, OwnRows] = {}
        self._dump: DumpRows | None = None

    def places(self, key: ObservationKey, source: str, *, shown: Collection[str]) -> list[RawPlace]:
        """Return the raw cells of one observation, that of the figure itself first.

        Parameters
        ----------
        key
            The observation. Nothing is computed from several observations at import: a share of units or a median of
            kommuner is formed behind the gate, and each observation in it has its own way back.
        source
            The released row's own `source`, which says whose reader read it and from which file: ``kolada``,
            ``socialstyrelsen:<file stem>`` or ``egen:<file stem>``.
        shown
            What of the row is released (`raw_place.shown_fields`); other fields have no place in the answer.

        Returns
        -------
        list
            One place for each released field that has a cell of its own (see `RawPlace`); of a withheld observation
            its row alone. The same reader that imported the file reads it again, with places.

        Raises
        ------
        InputError
            If the file is not there, is not the one that was imported any more, or does not hold the observation.
        """
        kind, _, stem = source.partition(":")
        if kind == KOLADA:
            return self._in_kolada(key, shown)
        folders = {SOCIALSTYRELSEN: SOCIALSTYRELSEN, "egen": OWN_FILES}
        for one in self._listed.files:
            path = Path(one.path)
            if path.parent.as_posix() == folders.get(kind) and path.stem == stem:
                cells = self._in_workbook(one, key) if kind == SOCIALSTYRELSEN else self._in_own_file(one, key)
                if cells:
                    return _places(cells, one, shown)
        raise _lost(key, source)

    def _in_workbook(self, one: RawFile, key: ObservationKey) -> list[FoundCell]:
        if one.path not in self._workbooks:
            self._workbooks[one.path] = read_workbook(_unchanged(self._folder, one), catalogue=self._catalogue)
        return workbook_cells(self._workbooks[one.path], key)

    def _in_own_file(self, one: RawFile, key: ObservationKey) -> list[FoundCell]:
        if one.path not in self._own:
            self._own[one.path] = own_rows(_unchanged(self._folder, one), catalogue=self._catalogue)
        return own_file_cells(self._own[one.path], key)

    def _in_kolada(self, key: ObservationKey, shown: Collection[str]) -> list[RawPlace]:
        """Return the places in the dump that was imported last, else in the archive that it changed."""
        dump = dump_folder(self._folder) or self._folder
        prefix = "" if dump == self._folder else f"{KOLADA}/"
        files = {one.path: one for one in self._listed.files}
        if self._dump is None and prefix + OBSERVATIONS in files:
            # Every file that has a say in what a row is about must be the one that was imported.
            for name in (OBSERVATIONS, UNIT_OBSERVATIONS, "ou.csv"):
                if prefix + name in files:
                    _unchanged(self._folder, files[prefix + name])
            self._dump = DumpRows(dump)
        found = None if self._dump is None else self._dump.cells(key, catalogue=self._catalogue)
        if found is not None:
            return _places(found.cells, files[prefix + found.file], shown, api_path=found.api_path)
        kept = archive_cells(self._work, key, catalogue=self._catalogue)
        if kept is None:
            raise _lost(key, KOLADA)
        file = _archive_file(self._work, kept.file, self._listed)
        return _places(kept.cells, file, shown, api_path=kept.api_path)


def _archive_file(work: Path, name: str, listed: RawFiles) -> RawFile:
    """Return a file of the archive as a raw file: where it is from is where all earlier dumps are from."""
    path = work / name
    dumps = [one for one in listed.earlier if Path(one.path).name == OBSERVATIONS]

    def agreed(field: str) -> str | None:
        told = {getattr(one, field) for one in dumps}
        return told.pop() if len(told) == 1 else None

    origin, licence, retrieved, address = (agreed(name) for name in ("origin", "licence", "retrieved", "address"))
    return RawFile(
        path=name,
        sha256=sha256(path),
        bytes=path.stat().st_size,
        origin=origin,
        licence=licence,
        retrieved=retrieved,
        address=address,
    )


def _unchanged(folder: Path, one: RawFile) -> Path:
    """Return the path of a listed file, if it is still what was imported."""
    path = folder / one.path
    if not path.is_file():
        action = "Give the folder that was imported: --data"
        raise InputError("no way back", [Fault(what="the file is not in the folder", file=one.path, action=action)])
    if sha256(path) != one.sha256:
        what, action = "the file has changed since it was imported", "Run lagesbild import again, or restore the file"
        raise InputError("no way back", [Fault(what=what, file=one.path, action=action)])
    return path


def _places(
    cells: Iterable[FoundCell], file: RawFile, shown: Collection[str], *, api_path: str | None = None
) -> list[RawPlace]:
    cells = list(cells)
    told = [one for one in cells if one.is_shown(shown)] if MAIN_FIELDS & set(shown) else []
    # The figure's own address tells a withheld figure just as its cell does.
    address = f"{file.address}/{api_path}" if told and api_path and file.address else None
    return [
        RawPlace(
            field=one.field,
            file=file.path,
            sheet=one.sheet,
            cell=one.cell,
            row=one.row,
            column=one.column,
            text=one.text,
            rule=one.rule,
            sha256=file.sha256,
            address=address,
            origin=file.origin,
            licence=file.licence,
            retrieved=file.retrieved,
        )
        for one in told or [cells[0].hidden()]
    ]


def _lost(key: ObservationKey, source: str) -> InputError:
    fault = Fault(
        what=f"no raw cell of {source} gives this observation (level {key.level}, sex {key.sex})",
        indicator=key.indicator,
        region=key.region,
        year=key.year,
        action="Run lagesbild import again: the released row and the raw files are not of one import",
    )
    return InputError("no way back", [fault])
