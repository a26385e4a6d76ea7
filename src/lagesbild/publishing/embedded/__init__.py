"""The embedded engine: a stated subset of Quarto, with Pandoc and Typst from their Python packages.

An executed notebook becomes Markdown (`markdown`), is checked against the subset (`subset`), has its shortcodes put
in (`shortcodes`), and goes through Pandoc once per format with one Lua filter (``engine.lua``), to Typst and PDF
(`typst_pdf`) or to an HTML page (`html_page`). `website` does so for a whole project.
"""
