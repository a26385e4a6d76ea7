-- A document for Word: Quarto's labels, cross-references, conditions and callouts in Pandoc's own blocks.
-- Words ("Figur", "Tabell") come as JSON in the file that LAGESBILD_ENGINE names; faults go to standard error as JSON.

local file = assert(io.open(os.getenv("LAGESBILD_ENGINE"), "r"))
local settings = pandoc.json.decode(file:read("a"), false)
file:close()

local words = settings.words
local stringify = pandoc.utils.stringify
local faults = pandoc.List()

local function fault(what, action, key)
  faults:insert({ what = what, action = action, key = key or "", place = "" })
end

local function openxml(text)
  return pandoc.RawBlock("openxml", text)
end

local function xml_text(text)
  return (text:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"))
end

local function styled(name, blocks)
  return pandoc.Div(blocks, { ["custom-style"] = name })
end

-- Conditional content: what names docx is for it; what is for pages or print alone is not. -------------------------

local function names(text, format)
  for name in (text or ""):gmatch("%S+") do
    if name == format then
      return true
    end
  end
  return false
end

local function conditional(element)
  local visible = element.classes:includes("content-visible")
  if not visible and not element.classes:includes("content-hidden") then
    return nil
  end
  local wanted, unwanted = element.attributes["when-format"], element.attributes["unless-format"]
  local here = (wanted and names(wanted, "docx")) or (not wanted and not names(unwanted, "docx"))
  return here == visible and element.content or {}
end

-- Numbers ------------------------------------------------------------------------------------------------------

local numbers = {}
local counts = { fig = 0, tbl = 0 }

local function kind_of(identifier)
  return identifier:match("^(fig)%-.") or identifier:match("^(tbl)%-.")
end

local function register(identifier, text)
  if numbers[identifier] then
    fault("the label " .. identifier .. " is used twice", "Give each figure, table and section its own", identifier)
  end
  numbers[identifier] = text
end

local function register_float(element)
  local kind = kind_of(element.identifier)
  if kind then
    counts[kind] = counts[kind] + 1
    register(element.identifier, words[kind] .. "\u{a0}" .. counts[kind])
  end
end

local headings = 0
local collect = {
  traverse = "topdown",
  Div = register_float,
  Table = register_float,
  Figure = register_float,
  Header = function(header)
    headings = headings + 1
    if header.identifier:match("^sec%-.") then
      register(header.identifier, "”" .. stringify(header.content) .. "”")
    else
      -- Word's names of places are short and stand once.
      header.identifier = "rubrik-" .. headings
    end
    return header
  end,
}

local function reference(citation)
  local text = numbers[citation.id]
  if not text then
    fault("the cross-reference @" .. citation.id .. " leads nowhere",
      "Label a figure (fig-), table (tbl-) or section (sec-) so", "@" .. citation.id)
    text = "?"
  end
  return pandoc.Link(text, "#" .. citation.id)
end

local function references(cite)
  local inlines = pandoc.List()
  for n, citation in ipairs(cite.citations) do
    if n > 1 then
      inlines:extend(n == #cite.citations and { pandoc.Space(), pandoc.Str(words["and"]), pandoc.Space() }
        or { pandoc.Str(","), pandoc.Space() })
    end
    inlines:insert(reference(citation))
  end
  return inlines
end

-- Links to the website's own sources lead nowhere from a file: their words stay.
local function link(element)
  if element.target:match("%.qmd") or element.target:match("%.ipynb") then
    return element.content
  end
end

-- Floats -------------------------------------------------------------------------------------------------------

-- A caption with its number, and the place that references lead to.
local function caption_of(identifier, inlines)
  local told = pandoc.List()
  if numbers[identifier] then
    told:insert(pandoc.Span({ pandoc.Str(numbers[identifier] .. ":") }, { id = identifier }))
    told:insert(pandoc.Space())
  end
  told:extend(inlines)
  return told
end

local function table_block(element)
  local caption = pandoc.utils.blocks_to_inlines(element.caption.long)
  local identifier = element.identifier
  element.identifier = ""
  element.caption = { long = {} }
  local blocks = pandoc.List()
  if #caption > 0 then
    blocks:insert(styled("Table Caption", { pandoc.Para(caption_of(identifier, caption)) }))
  end
  blocks:insert(element)
  return blocks
end

local function float_div(div)
  local kind = kind_of(div.identifier)
  local content, caption = pandoc.List(), nil
  for _, block in ipairs(div.content) do
    if block.t == "Div" and block.classes:includes("lb-caption") then
      caption = pandoc.utils.blocks_to_inlines(block.content)
    else
      content:insert(block)
    end
  end
  if not caption then
    local last = content[#content]
    if last and last.t == "Table" then
      caption = pandoc.utils.blocks_to_inlines(last.caption.long)
      last.caption = { long = {} }
    elseif #content > 1 then
      caption = pandoc.utils.blocks_to_inlines({ content:remove(#content) })
    end
  end
  if not caption or #caption == 0 then
    fault("the float " .. div.identifier .. " has no caption", "Add one: fig-cap, tbl-cap or a last paragraph",
      div.identifier)
    return content
  end
  local told = pandoc.Para(caption_of(div.identifier, caption))
  local blocks = pandoc.List()
  if kind == "tbl" then
    blocks:insert(styled("Table Caption", { told }))
    blocks:extend(content)
  else
    blocks:insert(styled("Captioned Figure", content))
    blocks:insert(styled("Image Caption", { told }))
  end
  return blocks
end

local callouts = { note = true, tip = true, warning = true, important = true, caution = true }

local function callout(div, kind)
  local title = div.attributes.title or words["callout-" .. kind]
  local first = div.content[1]
  if first and first.t == "Header" then
    title = stringify(first.content)
    div.content:remove(1)
  end
  div.content:insert(1, pandoc.Para({ pandoc.Strong({ pandoc.Str(title) }) }))
  return styled("Ruta", div.content)
end

local marks = { gron = "gron", gul = "gul", rod = "rod", sparkod = "sparkod" }

local render = {
  Div = function(div)
    if kind_of(div.identifier) then
      return float_div(div)
    end
    for _, class in ipairs(div.classes) do
      local kind = class:match("^callout%-(%a+)$")
      if kind and callouts[kind] then
        return callout(div, kind)
      end
    end
    return nil
  end,
  Table = table_block,
  Span = function(span)
    for _, class in ipairs(span.classes) do
      if marks[class] then
        return pandoc.Span(span.content, { ["custom-style"] = marks[class] })
      end
    end
  end,
  Figure = function(figure)
    -- A picture in a paragraph of its own; ours have their captions in the float around them.
    return figure.content
  end,
  Image = function(image)
    local alt = image.attributes["fig-alt"] or image.attributes["alt"] or stringify(image.caption)
    if alt == "" then
      fault("a figure without alt text", "Add fig-alt: what the figure shows, in a sentence or two", image.src)
    end
    image.attributes["fig-alt"] = nil
    image.caption = { pandoc.Str(alt) }
    return image
  end,
  RawBlock = function(element)
    if element.format == "html" and element.text:match("<svg") then
      fault("a drawing that is no picture: " .. element.text:sub(1, 40), "Print it with Figure.block_markdown")
    end
    return element.format == "openxml" and element or {}
  end,
  RawInline = function(element)
    if element.format == "html" and element.text:match("<svg") then
      fault("a drawing within text", "Say it in words in a document for Word")
    end
    return element.format == "openxml" and element or {}
  end,
}

-- The contents, as Word would write them: a field that Word fills with page numbers when it is asked to. ------------

local function contents(blocks, depth)
  local entries = pandoc.List()
  for _, block in ipairs(blocks) do
    if block.t == "Header" and block.level <= depth then
      entries:insert(block)
    end
  end
  if #entries == 0 then
    return pandoc.List()
  end
  local field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-'
    .. depth .. '" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
  local parts = pandoc.List()
  for n, header in ipairs(entries) do
    parts:insert('<w:p><w:pPr><w:pStyle w:val="TOC' .. header.level .. '"/></w:pPr>' .. (n == 1 and field or "")
      .. '<w:hyperlink w:anchor="' .. header.identifier .. '"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>'
      .. xml_text(stringify(header.content)) .. "</w:t></w:r></w:hyperlink>"
      .. (n == #entries and '<w:r><w:fldChar w:fldCharType="end"/></w:r>' or "") .. "</w:p>")
  end
  return pandoc.List({
    openxml('<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
      .. '</w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>'
      .. xml_text(words["toc-title"] or "Innehåll") .. "</w:t></w:r></w:p>" .. table.concat(parts)
      .. "</w:sdtContent></w:sdt>"),
  })
end

local function top_of(blocks)
  local top = 7
  blocks:walk({ Header = function(h) top = math.min(top, h.level) end })
  return top
end

function Pandoc(doc)
  local blocks = doc.blocks:walk({ Div = conditional, Span = conditional })
  blocks = blocks:walk(collect)
  blocks = blocks:walk({ Cite = references, Link = link })
  blocks = blocks:walk(render)
  local up = top_of(blocks) - 1
  blocks = blocks:walk({ Header = function(header)
    header.level = header.level - up
    return header
  end })
  local head = pandoc.List()
  if doc.meta.publicerad then
    local inlines = pandoc.List({ pandoc.Str("Publicerad"), pandoc.Space() })
    inlines:extend(pandoc.Inlines(doc.meta.publicerad))
    head:insert(pandoc.Para(inlines))
  end
  if doc.meta.syntetisk then
    head:insert(styled("Syntetiska data",
      { pandoc.Para("Syntetiska data. Siffrorna är påhittade och beskriver inga verkliga kommuner.") }))
  end
  if settings.toc then
    head:extend(contents(blocks, settings.toc_depth or 2))
  end
  head:extend(blocks)
  if #faults > 0 then
    io.stderr:write("LAGESBILD " .. pandoc.json.encode(faults) .. "\n")
    os.exit(65)
  end
  return pandoc.Pandoc(head, doc.meta)
end
