-- Lägesbild's own marks, for Quarto and for the embedded engine alike.
--   [▲ Bättre]{.gron}   a marked result; in Typst a function of the template, in HTML a class of the style sheet
--   syntetisk: true      a banner first in an HTML page; in print it stands in every page's header
--   tables               the first column holds row headers in HTML
--   publicerad, fotnot   first and last in an HTML page; in print under the title and in every page's footer
--   "ord"                Swedish quotation marks where the language is Swedish

local marks = { gron = true, gul = true, rod = true, dampad = true, nowrap = true, syntetisk = true, sparkod = true }
local swedish = false

local function mark(span)
  if not FORMAT:match("typst") then
    return nil
  end
  local inlines = span.content
  local changed = false
  for _, class in ipairs(span.classes) do
    if marks[class] then
      inlines:insert(1, pandoc.RawInline("typst", '#lagesbild-mark("' .. class .. '")['))
      inlines:insert(pandoc.RawInline("typst", "]"))
      changed = true
    end
  end
  if changed then
    return inlines
  end
end

local function quoted(element)
  if not swedish then
    return nil
  end
  local sign = element.quotetype == "DoubleQuote" and "”" or "’"
  local inlines = element.content
  inlines:insert(1, pandoc.Str(sign))
  inlines:insert(pandoc.Str(sign))
  return inlines
end

-- The first column names the row: a screen reader says it with each of the row's cells.
local function row_heads(element)
  if not FORMAT:match("html") then
    return nil
  end
  for _, body in ipairs(element.bodies) do
    body.row_head_columns = math.max(body.row_head_columns, 1)
  end
  return element
end

-- The marks as Typst functions stand in the document itself, so that they work in Quarto's plain `typst` format too,
-- where the template that says "Syntetiska data" on every page is not used; then it is said in the text. Which it is
-- stands in the metadata (`lagesbild-mall`, from the extension's format): a Typst state would change the first page
-- between Typst's passes, and all tables would be laid out again.
local prelude = [[
#let lagesbild-marks = (
  gron: (fill: rgb("#e3f3f1"), ink: rgb("#00695f")),
  gul: (fill: rgb("#fdf5e0"), ink: rgb("#6b4a00")),
  rod: (fill: rgb("#f9e9e6"), ink: rgb("#8f1d14")),
)
#let lagesbild-mark(name, body) = {
  if name in lagesbild-marks {
    let mark = lagesbild-marks.at(name)
    box(fill: mark.fill, inset: (x: 3pt), outset: (y: 2.5pt), radius: 2pt, text(fill: mark.ink, weight: "semibold", body))
  } else if name == "dampad" {
    text(fill: rgb("#55606b"), body)
  } else if name == "nowrap" {
    box(body)
  } else if name == "sparkod" {
    // At the right end, in the space under the caption's last line, so that no page grows by it.
    h(1fr)
    box(width: 0pt, height: 0pt, place(top + right, dy: 2pt, box(width: 3cm, {
      set align(right)
      text(size: 6pt, fill: rgb("#52606d"), weight: "regular", body)
    })))
  } else if name == "syntetisk" {
    text(fill: rgb("#7a3b00"), weight: "semibold", body)
  } else {
    body
  }
}
]]

local function print_prelude(doc)
  local first = doc.blocks[1]
  if not FORMAT:match("typst") or (first and first.t == "RawBlock" and first.text == prelude) then
    return nil
  end
  if doc.meta.syntetisk and not doc.meta["lagesbild-mall"] then
    local note = "[*Syntetiska data.* Siffrorna är påhittade och beskriver inga verkliga kommuner.]"
    doc.blocks:insert(1, pandoc.RawBlock("typst", "#" .. note))
  end
  doc.blocks:insert(1, pandoc.RawBlock("typst", prelude))
  return doc
end

-- What the template puts around the text in print stands in the text of an HTML page.
local function frame(doc)
  local first = doc.blocks[1]
  local there = first and first.t == "Div" and first.classes:includes("lagesbild-frame")
  if not FORMAT:match("html") or there then
    return nil
  end
  local head = pandoc.List()
  if doc.meta.publicerad then
    local inlines = pandoc.Inlines(swedish and "Publicerad " or "Published ")
    inlines:extend(pandoc.Inlines(doc.meta.publicerad))
    head:insert(pandoc.Div(pandoc.Para(inlines), { class = "published" }))
  end
  if doc.meta.syntetisk then
    local text = swedish and "**Syntetiska data.** Siffrorna är påhittade och beskriver inga verkliga kommuner."
      or "**Synthetic data.** The figures are made up and describe no real municipality."
    head:insert(pandoc.Div(pandoc.read(text, "markdown").blocks, { class = "syntetisk-banner", role = "note" }))
  end
  if #head > 0 then
    doc.blocks:insert(1, pandoc.Div(head, { class = "lagesbild-frame" }))
  end
  if doc.meta.fotnot then
    doc.blocks:insert(pandoc.Div(pandoc.Para(pandoc.Inlines(doc.meta.fotnot)), { class = "document-note" }))
  end
  return doc
end

return {
  { Meta = function(meta)
    swedish = meta.lang ~= nil and pandoc.utils.stringify(meta.lang):match("^sv") ~= nil
  end },
  { Span = mark, Quoted = quoted, Table = row_heads },
  { Pandoc = frame },
  { Pandoc = print_prelude },
}
