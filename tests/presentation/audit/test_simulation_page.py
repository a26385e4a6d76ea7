"""The simulations of the method page: the figure and tables that they make."""

from __future__ import annotations

from lagesbild.presentation.audit.simulation import (
    WORLDS,
    held_table,
    peer_simulation_table,
    simulated,
    simulation_figure,
    staffing_simulation_table,
)


def test_figure_and_tables_tell_every_world() -> None:
    found = simulated(indicators=6)
    assert len(found) == 4 * len(WORLDS)
    for drawn in (peer_simulation_table(found), held_table(found)):
        assert drawn.count("\n") == len(WORLDS) + 2
    figure = simulation_figure(found)
    # The one with influence has nothing false to show.
    assert [name in figure.alt for name, influence, _ in WORLDS] == [influence == "nej" for _, influence, _ in WORLDS]
    assert staffing_simulation_table(measures=5).count("\n") == 5
