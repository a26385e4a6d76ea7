"""The build of a very small release: raw figures, a rule that withholds, an analysis, products of several kinds.

It has the steps and the manifest of a real one, and takes a fraction of a second. Run in its own folder.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

WORK, RELEASE = Path("_work/demo"), Path("_release/demo-2024")
RAW, RULE, NOTEBOOK = "kolada/tal.csv", "data/catalogue/rules/troskel.yml", "analysis/steg.ipynb"
LOCK, CODE = "requirements.lock", "bygg.py"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return digest(path)


def table(rows: list[dict[str, str]]) -> str:
    return "\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]) + "\n"


def main() -> None:
    if not (WORK / "raw").is_dir():
        sys.exit("no raw files")
    threshold = int(Path(RULE).read_text().split(":")[1])
    with (WORK / "raw" / RAW).open(newline="") as file:
        raw = list(csv.DictReader(file))
    rows = [
        {**row, **({"status": "ok"} if int(row["value"]) >= threshold else {"value": "", "status": "sekretess"})}
        for row in raw
    ]
    factor = json.loads(Path(NOTEBOOK).read_text())["cells"][0]["source"]
    released = write(WORK / "released/aldreomsorg.csv", table(rows))
    shown = [{**row, "value": str(int(row["value"]) * int(factor))} for row in rows if row["value"]]
    analysis = write(WORK / "2024/analysis/aldreomsorg.csv", table(shown))

    name = "aldreomsorg"
    steps: dict[str, dict[str, Any]] = {
        f"raw/{RAW}": {"sha256": digest(WORK / "raw" / RAW)},
        f"code/{RULE}": {"sha256": digest(Path(RULE))},
        f"code/{NOTEBOOK}": {"sha256": digest(Path(NOTEBOOK))},
        f"released/{name}": {"sha256": released, "inputs": [f"raw/{RAW}", f"code/{RULE}"]},
        f"analysis/{name}": {"sha256": analysis, "inputs": [f"released/{name}", f"code/{NOTEBOOK}"]},
    }
    before = Path("foregaende/manifest.json")
    if before.is_file():
        steps["previous"] = {"sha256": digest(before)}
    marks = "".join(f'<rect width="{row["value"]}"/>' for row in shown)
    lines = "".join(f"<p>{row['indicator']} {row['region']}: {row['value'] or '..'}</p>\n" for row in rows)
    output = {"output_type": "stream", "name": "stdout", "text": [table(shown)]}
    cell = {"cell_type": "code", "source": factor, "outputs": [output]}
    by_chance = os.environ.get("SMALL_CHANCE") and os.urandom(8).hex()
    texts = {
        f"data/indikatorer/{name}-2024.csv": (table(rows), f"released/{name}"),
        f"omraden/{name}/figur.svg": (f'<svg xmlns="http://www.w3.org/2000/svg">{marks}</svg>', f"analysis/{name}"),
        "site/index.html": (f"<h1>Syntetiska data</h1>\n{lines}", f"released/{name}"),
        f"notebooks/{name}/2024/steg.ipynb": (json.dumps({"cells": [cell]}), f"analysis/{name}"),
        "metod/om.txt": (by_chance or "Syntetiska data", f"code/{RULE}"),
    }
    products = [
        {
            "path": path,
            "sha256": write(RELEASE / path, text),
            "kind": "test",
            "engine": "",
            "inputs": {made_from: steps[made_from]["sha256"]},
        }
        for path, (text, made_from) in sorted(texts.items())
    ]
    for path in sorted(p.relative_to(RELEASE).as_posix() for p in RELEASE.rglob("*") if p.is_file()):
        assert path in texts or path.startswith("manifest"), path
    manifest = {
        "name": "demo-2024",
        "version": "2024.1",
        "synthetic": True,
        "environment": {"lock": digest(Path(LOCK))},
        "code": {name: digest(Path(name)) for name in sorted([CODE, RULE, NOTEBOOK, LOCK])},
        "raw": [{"path": RAW, "sha256": steps[f"raw/{RAW}"]["sha256"]}],
        "nodes": steps,
        "products": products,
    }
    sealed = write(RELEASE / "manifest.json", json.dumps(manifest, indent=1))
    write(RELEASE / "manifest.sha256", f"{sealed}  manifest.json\n")


if __name__ == "__main__":
    main()
