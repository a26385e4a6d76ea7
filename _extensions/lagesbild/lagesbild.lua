-- Lägesbild's own marks, for Quarto and for the embedded engine alike.
--   [▲ Bättre]{.gron}   a marked result; in Typst a function of the template, in HTML a class of the style sheet
--   syntetisk: true      a banner first in an HTML page; in print it stands in every page's header
--   publicerad, fotnot   first and last in an HTML page; in print under the title and in every page's footer
--   "ord"                Swedish quotation marks where the language is Swedish

local marks = { gron = true, gul = true, rod = true, dampad = true, nowrap = true, syntetisk = true }
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
  { Span = mark, Quoted = quoted },
  { Pandoc = frame },
}
