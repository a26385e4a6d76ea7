"""Where the import leaves how many values a source has revised, for those who may not see the values themselves."""

from __future__ import annotations

#: In the source's work folder: columns ``release, kpi, new, changed, withdrawn``.
FILE = "kallans_revideringar.parquet"
