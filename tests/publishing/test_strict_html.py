"""Styles in a page become classes and attributes, and large drawings become files."""

from __future__ import annotations

import pytest

from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded.picture_files import LARGE
from lagesbild.publishing.embedded.strict_html import strict

_DOTS = '<circle cx="1" cy="1" r="1" fill="#1f2a33"/>' * (LARGE // 40)
_LARGE = (
    f'<svg width="72pt" height="36pt" viewBox="0 0 72 36" role="img" aria-label="A &amp; B">{_DOTS}<svg></svg></svg>'
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<td style="text-align: right;">1</td>', '<td class="hoger">1</td>'),
        ('<td class="a" style="text-align: center;">1</td>', '<td class="a mitten">1</td>'),
        ('<td style="text-align: left;" title="x > y">1</td>', '<td title="x > y">1</td>'),
        ('<col style="width: 33.6%" />', '<col class="b-34" />'),
        ('<table class="table" style="width:100%;">', '<table class="table b-100">'),
        ('<p>style="width: 3px"</p>', '<p>style="width: 3px"</p>'),
        (
            '<svg style="max-width:100%;height:auto"><g style="fill: none; stroke-dasharray: 2,1"/></svg>',
            '<svg><g fill="none" stroke-dasharray="2,1"/></svg>',
        ),
        (
            '<svg><defs>\n<style type="text/css">*{stroke-linejoin: round}</style>\n</defs><g/></svg><p></p>',
            '<svg stroke-linejoin="round"><g/></svg><p></p>',
        ),
    ],
)
def test_a_style_becomes_what_says_the_same(before: str, after: str) -> None:
    assert strict(before, "a.qmd", "index") == (after, {})


def test_a_style_that_has_no_other_form_is_refused() -> None:
    with pytest.raises(DocumentError, match="margin: 3px") as caught:
        strict('<p style="margin: 3px">', "a.qmd", "index")
    assert caught.value.file == "a.qmd"


def test_a_large_drawing_becomes_a_file_with_its_words_in_the_page() -> None:
    page, files = strict(f"<p>{_LARGE}</p><svg>liten</svg>", "a.qmd", "index")
    (name, content), *_ = files.items()
    picture = f'<img src="{name}" alt="A &amp; B" width="96" height="48" loading="lazy" decoding="async">'
    assert page == f"<p>{picture}</p><svg>liten</svg>"
    assert name.startswith("index_files/")
    text = content.decode()
    assert 'xmlns="http://www.w3.org/2000/svg"' in text
    assert "prefers-color-scheme: dark" in text
    assert text.rstrip().endswith("<svg></svg></svg>")
    assert strict(f"<p>{_LARGE}</p><svg>liten</svg>", "a.qmd", "index") == (page, files)
