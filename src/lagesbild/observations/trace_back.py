"""From a released observation back to the raw cells that it was read from."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from lagesbild.catalogue.background import background_variables
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.raw_files import RawFile, read_raw_files
from lagesbild.catalogue.raw_place import ObservationKey, RawPlace
from lagesbild.catalogue.vocabulary import Level
from lagesbild.errors import ParameterError
from lagesbild.observations.archive_places import archive_cells
from lagesbild.observations.told_places import archive_file, lost, told_places, unchanged
from lagesbild.sources.found_cell import MAIN_FIELDS, FoundCell
from lagesbild.sources.kolada_dump import OBSERVATIONS, UNIT_OBSERVATIONS
from lagesbild.sources.kolada_places import DumpRows, KoladaCells
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
                    return told_places(cells, one, shown)
        raise lost(key, source)

    def _in_workbook(self, one: RawFile, key: ObservationKey) -> list[FoundCell]:
        if one.path not in self._workbooks:
            self._workbooks[one.path] = read_workbook(unchanged(self._folder, one), catalogue=self._catalogue)
        return workbook_cells(self._workbooks[one.path], key)

    def _in_own_file(self, one: RawFile, key: ObservationKey) -> list[FoundCell]:
        if one.path not in self._own:
            self._own[one.path] = own_rows(unchanged(self._folder, one), catalogue=self._catalogue)
        return own_file_cells(self._own[one.path], key)

    def background(self, variable: str, region: str, year: int) -> list[RawPlace]:
        """Return the raw cells of a kommun's background variable: one for each key figure of its formula.

        The figures are public and on whole kommuner: none is withheld. `RawPlace.field` is the key figure's id.

        Raises
        ------
        ParameterError
            If there is no such variable.
        InputError
            If the dump that was imported is not there, or does not hold one of the key figures.
        """
        known = {one.id: one for one in background_variables()}
        if variable not in known:
            raise ParameterError("variable", variable, known)
        places = []
        for kpi in known[variable].kpis:
            dump = self._kolada_dump()
            found = None if dump is None else dump.kommun_cells(kpi, region, year)
            if found is None:
                key = ObservationKey(indicator=kpi, year=year, level=Level.KOMMUN.value, region=region)
                raise lost(key, KOLADA)
            places += self._in_dump(found, {kpi, *MAIN_FIELDS})
        return places

    def _in_kolada(self, key: ObservationKey, shown: Collection[str]) -> list[RawPlace]:
        """Return the places in the dump that was imported last, else in the archive that it changed."""
        dump = self._kolada_dump()
        found = None if dump is None else dump.cells(key, catalogue=self._catalogue)
        if found is not None:
            return self._in_dump(found, shown)
        kept = archive_cells(self._work, key, catalogue=self._catalogue)
        if kept is None:
            raise lost(key, KOLADA)
        file = archive_file(self._work, kept.file, self._listed)
        return told_places(kept.cells, file, shown, api_path=kept.api_path)

    def _kolada_dump(self) -> DumpRows | None:
        """Return the dump that was imported last, null where the source has none."""
        folder = dump_folder(self._folder) or self._folder
        if self._dump is None and self._in_list(OBSERVATIONS) is not None:
            # Every file that has a say in what a row is about must be the one that was imported.
            for name in (OBSERVATIONS, UNIT_OBSERVATIONS, "ou.csv"):
                if (one := self._in_list(name)) is not None:
                    unchanged(self._folder, one)
            self._dump = DumpRows(folder)
        return self._dump

    def _in_list(self, name: str) -> RawFile | None:
        """Return what the list tells of one of the dump's files."""
        names = (name, f"{KOLADA}/{name}")
        return next((one for one in self._listed.files if one.path in names), None)

    def _in_dump(self, found: KoladaCells, shown: Collection[str]) -> list[RawPlace]:
        file = self._in_list(found.file)
        assert file is not None  # the dump was read by the list
        return told_places(found.cells, file, shown, api_path=found.api_path)
