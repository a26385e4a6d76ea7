"""An IPython shell that records what cells show, made once and entered by each forked child.

Making a shell takes longer than most cells. The warm process makes one and leaves everything of its own as it was:
main module, builtins, prompts and the answer to ``get_ipython()`` are the shell's only in the child that enters it.
"""

from __future__ import annotations

import atexit
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from IPython.core.builtin_trap import BuiltinTrap
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets.config import Config

from lagesbild.publishing.cell_recorder import Output, Recorder


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    def publish(
        self,
        data: Output,
        metadata: Output | None = None,
        *,
        transient: Output | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        display_id = (transient or {}).get("display_id")
        self.shell.recorder.display(data, metadata or {}, display_id, update)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.recorder.clear(wait)


class _Hook(DisplayHook):  # type: ignore[misc]
    def write_output_prompt(self) -> None:
        """A recorded result has its count beside it, not a prompt."""

    def write_format_data(self, format_dict: Output, md_dict: Output | None = None) -> None:
        if format_dict:
            self.shell.recorder.result(format_dict, md_dict or {}, self.prompt_count)

    def finish_displayhook(self) -> None:
        self._is_active = False


class _NoProfile(ProfileDir):  # type: ignore[misc]
    """A profile without folders: nothing is kept from one notebook to the next."""

    def check_dirs(self) -> None:
        pass


class RecordingShell(InteractiveShell):  # type: ignore[misc]
    """A shell without terminal, history or profile that gives its outputs to `recorder`."""

    recorder: Recorder

    def __init__(self, scratch: Path) -> None:
        config = Config()
        config.HistoryManager.enabled = False
        config.InlineBackend.figure_formats = {"svg"}
        config.InlineBackend.print_figure_kwargs = {"bbox_inches": "tight", "metadata": {"Date": None}}
        super().__init__(config=config, ipython_dir=str(scratch), display_pub_class=_Publisher, displayhook_class=_Hook)
        atexit.unregister(self.atexit_operations)

    def enter(self, scratch: Path) -> None:
        """Let this be the shell of the process.

        Parameters
        ----------
        scratch
            Folder for what IPython wants to write.
        """
        self.ipython_dir = str(scratch)
        super().init_sys_modules()
        super().init_builtins()
        super().init_prompts()
        for kind in type(self)._walk_mro():
            kind._instance = self

    def init_sys_modules(self) -> None:
        """Leave the process's main module as it is until `enter`."""

    def init_builtins(self) -> None:
        """Leave the builtins as they are until `enter`."""
        self.builtin_trap = BuiltinTrap(shell=self)

    def init_prompts(self) -> None:
        """Leave the prompts as they are until `enter`: by them others tell whether someone is at the keyboard."""

    def init_virtualenv(self) -> None:
        """Run in this process's environment; another one that the caller has open is no business of a notebook's."""

    def init_profile_dir(self, profile_dir: object) -> None:
        """Use the scratch folder for a profile."""
        self.profile_dir = _NoProfile(location=self.ipython_dir)

    def init_display_pub(self) -> None:
        """Set the publisher and the recorder it writes to."""
        self.recorder = Recorder()
        super().init_display_pub()

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no event loop to join."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.recorder.error(etype.__name__, str(evalue), [str(line) for line in stb])


@lru_cache(maxsize=1)
def spare_shell() -> RecordingShell:
    """Return the shell that this process has made for its children to enter."""
    with TemporaryDirectory(prefix="lagesbild-") as folder:
        return RecordingShell(Path(folder))
