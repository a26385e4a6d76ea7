"""What the cells of a forked notebook show, kept in nbformat's shape as a Jupyter front end would keep it."""

from __future__ import annotations

import base64
from typing import Any

Output = dict[str, Any]


class Recorder:
    """The outputs of the cell being run, in nbformat's shape."""

    def __init__(self) -> None:
        self.outputs: list[Output] = []
        self._shown: dict[str, list[Output]] = {}
        self._clear_next = False

    def take(self) -> list[Output]:
        """Return the outputs so far and begin anew."""
        outputs, self.outputs = self.outputs, []
        return outputs

    def stream(self, name: str, text: str) -> None:
        """Add text to a stream; as Jupyter does, text that follows on the same stream joins it."""
        self._before_output()
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.outputs.append({"output_type": "stream", "name": name, "text": text})

    def display(self, data: Output, metadata: Output, display_id: str | None = None, update: bool = False) -> None:
        """Add display data, or put it in the place of what was shown under the same id."""
        data = _plain(data)
        if update and display_id is not None:
            for output in self._shown.get(display_id, []):
                output["data"], output["metadata"] = data, metadata
            return
        self._before_output()
        output = {"output_type": "display_data", "data": data, "metadata": metadata}
        self.outputs.append(output)
        if display_id is not None:
            self._shown.setdefault(display_id, []).append(output)

    def result(self, data: Output, metadata: Output, count: int) -> None:
        """Add the value of the cell's last expression."""
        self._before_output()
        self.outputs.append(
            {
                "output_type": "execute_result",
                "data": _plain(data),
                "metadata": metadata,
                "execution_count": count,
            }
        )

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """Add the error that ended the cell."""
        self._before_output()
        self.outputs.append({"output_type": "error", "ename": name, "evalue": value, "traceback": traceback})

    def clear(self, wait: bool) -> None:
        """Forget the cell's outputs, now or when the next one comes."""
        if wait:
            self._clear_next = True
        else:
            self.outputs.clear()

    def _before_output(self) -> None:
        if self._clear_next:
            self.outputs.clear()
            self._clear_next = False


def _plain(data: Output) -> Output:
    """Return a bundle as JSON can hold it: bytes in base 64, as kernels send them."""
    return {
        kind: base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in data.items()
    }
