"""The stress tests share small modules in this folder, which importlib mode does not put on the path."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
