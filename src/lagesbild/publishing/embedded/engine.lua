-- The embedded engine's one Lua filter: gives Quarto's Markdown its meaning for Typst and for HTML.
-- Quarto's own Typst is the model, so that one template serves both engines.
-- The file is a function of its settings, loaded anew for each document: it returns one that gives back the document,
-- or nothing and the faults it found.

local settings = ...

local typst = settings.target == "typst"
local words = settings.words
local stringify = pandoc.utils.stringify
local faults = pandoc.List()

-- Remember a fault. `key` is text that stands on the faulty line of the source, `attr` may hold the line itself.
local function fault(what, action, key, attr)
  local place = attr and attr.attributes and attr.attributes["data-place"]
  faults:insert({ what = what, action = action, key = key or "", place = place or "" })
end

local function raw(text)
  return pandoc.RawBlock(settings.target, text)
end

local function rawi(text)
  return pandoc.RawInline(settings.target, text)
end

local function typst_string(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("\n", " ") .. '"'
end

local function html_text(text)
  return (text:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;"))
end

local function has_class(attr, class)
  return attr.classes:includes(class)
end

-- Going through the blocks ---------------------------------------------------------------------------------------

-- A walk of Pandoc's looks at every word of a document. What engine.lua is after are blocks, and a word holds blocks
-- only where it has a note; so where there is none, only what holds blocks is gone through. `settings.holds` says
-- what the document's text may hold at all.
local holds = settings.holds
local shallow = not holds.notes and not holds.tex
local leaves = { Para = true, Plain = true, CodeBlock = true, RawBlock = true, LineBlock = true, Header = true,
  HorizontalRule = true }

-- Whether a list holds nothing but text.
local function holds_text_alone(block)
  if block.t ~= "BulletList" and block.t ~= "OrderedList" then
    return false
  end
  for _, item in ipairs(block.content) do
    if #item ~= 1 or (item[1].t ~= "Plain" and item[1].t ~= "Para") then
      return false
    end
  end
  return true
end

-- Do as `blocks:walk(visitors)` does, topdown, with visitors that go into what they are given themselves.
local function through(blocks, visitors)
  if not shallow then
    return pandoc.Blocks(blocks):walk(visitors)
  end
  local result = pandoc.List()
  for _, block in ipairs(blocks) do
    local visit = visitors[block.t]
    local given = visit and visit(block)
    if given and pandoc.utils.type(given) ~= "Block" then
      result:extend(given)
    elseif visit or leaves[block.t] or holds_text_alone(block) then
      result:insert(given or block)
    else
      result:extend(pandoc.Blocks({ block }):walk(visitors))
    end
  end
  return pandoc.Blocks(result)
end

-- Whether a block is a caption that a cell was given, which is text.
local function is_caption(block)
  return block.t == "Div" and block.classes[1] == "lb-caption"
end

-- Conditional content -------------------------------------------------------------------------------------------

local function condition_holds(element)
  local wanted = element.attributes["when-format"]
  local unwanted = element.attributes["unless-format"]
  local named = wanted or unwanted
  if named ~= "html" and named ~= "typst" then
    fault("conditional content for format " .. (named and ('"' .. named .. '"') or "(none given)"),
      'Use when-format or unless-format with "html" or "typst"', "content-")
    return true
  end
  local holds = (named == settings.target) == (wanted ~= nil)
  if has_class(element, "content-hidden") then
    holds = not holds
  end
  return holds
end

local function conditional(element)
  if has_class(element, "content-visible") or has_class(element, "content-hidden") then
    return condition_holds(element) and element.content or pandoc.List()
  end
end

local function conditional_div(div)
  -- Only a block that holds blocks can hold conditional content; giving a Div its content anew costs the most here.
  if div.content:find_if(function(block) return not leaves[block.t] and not is_caption(block) end) then
    div.content = through(div.content, { Div = conditional_div })
  end
  return conditional(div) or div
end

-- Drop what is for another format.
local function for_this_format(blocks)
  if shallow and not holds.conditional_spans then
    return through(blocks, { Div = conditional_div })
  end
  return blocks:walk({ Div = conditional, Span = conditional })
end

-- Cross-references ----------------------------------------------------------------------------------------------

local numbers = {} -- identifier -> { kind, text }
local counts = { fig = 0, tbl = 0 }
local section = { 0, 0, 0, 0, 0, 0 }

-- What a screen reader calls the part of the page that a table scrolls in: its caption without its id.
local function name_of(caption)
  return (stringify(pandoc.Inlines(caption):walk({ Span = function(span)
    if has_class(span, "sparkod") then
      return {}
    end
  end })):gsub("%s+$", ""))
end

local function float_kind(identifier)
  return identifier:match("^(fig)%-.") or identifier:match("^(tbl)%-.")
end

local function register(identifier, kind, text)
  if numbers[identifier] then
    fault("the label " .. identifier .. " is used twice", "Give each figure, table and section its own", identifier)
  end
  numbers[identifier] = { kind = kind, text = text }
end

local function register_float(element)
  local kind = float_kind(element.identifier)
  if kind then
    counts[kind] = counts[kind] + 1
    register(element.identifier, kind, tostring(counts[kind]))
  end
end

local function top_level(blocks)
  local top = 7
  blocks:walk({ Header = function(h) top = math.min(top, h.level) end })
  return top
end

local function section_number(header, top)
  local depth = header.level - top + 1
  section[depth] = section[depth] + 1
  for deeper = depth + 1, 6 do
    section[deeper] = 0
  end
  return table.concat(section, ".", 1, depth)
end

-- Give every float and section its number, in the order of the document.
local function collect(blocks)
  local top = settings.number_sections and top_level(blocks)
  local visitors
  visitors = {
    traverse = "topdown",
    Div = function(div)
      register_float(div)
      if div.classes:find_if(function(c) return c:match("^callout%-") end)
        or (has_class(div, "panel-tabset") and not typst) then
        -- Their headings are titles, not sections; floats in them count all the same.
        div.content:walk({ traverse = "topdown", Div = register_float, Figure = register_float,
          Table = register_float })
        return nil, false
      elseif shallow then
        if div.content:find_if(function(block) return not leaves[block.t] and not is_caption(block) end) then
          through(div.content, visitors)
        end
        return nil, false
      end
    end,
    Figure = function(figure)
      register_float(figure)
      return nil, false
    end,
    Table = function(element)
      register_float(element)
      if shallow then
        element:walk(visitors)
        return nil, false
      end
    end,
    Header = function(header)
      local number = nil
      if settings.number_sections and not has_class(header, "unnumbered") then
        number = section_number(header, top)
      end
      if header.identifier:match("^sec%-.") then
        register(header.identifier, "sec", number or ("”" .. stringify(header.content) .. "”"))
      end
    end,
  }
  through(blocks, visitors)
end

local function reference(citation)
  local target = numbers[citation.id]
  if not target then
    fault("the cross-reference @" .. citation.id .. " leads nowhere",
      "Label a figure (fig-), table (tbl-) or section (sec-) so", "@" .. citation.id)
    return pandoc.Str("?")
  end
  if #citation.prefix > 0 or #citation.suffix > 0 then
    fault("a cross-reference with text of its own: @" .. citation.id, "Write the text outside the brackets",
      "@" .. citation.id)
  end
  local bare = citation.mode == "SuppressAuthor"
  local word = words[target.kind]
  if typst then
    return rawi("#ref(<" .. citation.id .. ">, supplement: [" .. (bare and "" or word) .. "])")
  end
  local text = bare and target.text or (word .. "\u{a0}" .. target.text)
  return pandoc.Link(text, "#" .. citation.id, "", { class = "quarto-xref" })
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

-- Images --------------------------------------------------------------------------------------------------------

local function exists(path)
  local handle = io.open(path, "rb")
  if handle then
    handle:close()
  end
  return handle ~= nil
end

-- Bring an image of the document into the scratch folder, so that nothing outside it is named.
local function local_source(source)
  if source:match("^media/") or source:match("^https?:") or source:match("^data:") then
    return source
  end
  local found = nil
  for _, folder in ipairs(source:match("^/") and { settings.project } or settings.folders) do
    local candidate = pandoc.path.join({ folder, (source:gsub("^/", "")) })
    if not found and exists(candidate) then
      found = candidate
    end
  end
  if not found then
    fault("the image " .. source .. " does not exist", nil, source)
    return source
  end
  local name = "media/" .. source:gsub("^[./]+", ""):gsub("[^%w%.%-]", "_")
  local from = assert(io.open(found, "rb"))
  local to = assert(io.open(pandoc.path.join({ settings.scratch, name }), "wb"))
  to:write(from:read("a"))
  from:close()
  to:close()
  return name
end

local function typst_length(value)
  local number, unit = value:match("^([%d.]+)(.*)$")
  if unit == "px" or unit == "" then
    return string.format("%.4gpt", tonumber(number) * 0.75)
  end
  return value
end

local function image(element)
  local alt = element.attributes["fig-alt"] or element.attributes["alt"] or stringify(element.caption)
  if alt == "" then
    fault("a figure without alt text", "Add fig-alt: what the figure shows, in a sentence or two", element.src,
      element)
  end
  local source = local_source(element.src)
  if typst then
    if source:match("^https?:") or source:match("^data:") then
      fault("an image that is no file of the project: " .. source:sub(1, 60), "Save it beside the document",
        element.src)
    end
    local parts = { typst_string(source), "alt: " .. typst_string(alt) }
    for _, side in ipairs({ "width", "height" }) do
      if element.attributes[side] then
        table.insert(parts, side .. ": " .. typst_length(element.attributes[side]))
      end
    end
    return rawi("#box(image(" .. table.concat(parts, ", ") .. "))")
  end
  local attributes = {}
  for _, side in ipairs({ "width", "height" }) do
    attributes[side] = element.attributes[side]
  end
  local classes = pandoc.List({ "img-fluid" })
  classes:extend(element.classes)
  return pandoc.Image({ pandoc.Str(alt) }, source, element.title, pandoc.Attr(element.identifier, classes, attributes))
end

-- Links ---------------------------------------------------------------------------------------------------------

local function link(element)
  local path, rest = element.target:match("^([^#?]*%.[%a]+)([#?]?.*)$")
  if not path or path:match("^%a[%w+.-]*:") or not (path:match("%.qmd$") or path:match("%.ipynb$")) then
    return nil
  end
  local folder = path:match("^/") and "" or settings.folder_in_project
  local full = pandoc.path.normalize(pandoc.path.join({ folder, (path:gsub("^/", "")) }))
  local parts = pandoc.List()
  for part in full:gmatch("[^/]+") do
    if part == ".." and #parts > 0 then
      parts:remove(#parts)
    elseif part ~= "." then
      parts:insert(part)
    end
  end
  full = table.concat(parts, "/")
  if settings.pages and not settings.pages[full] then
    fault("the link to " .. path .. " leads to no page of this project", "Correct it or add the page", path)
  end
  if typst then
    return element.content
  end
  path = path:match("^/") and (settings.to_top .. path:sub(2)) or path
  element.target = path:gsub("%.qmd$", ".html"):gsub("%.ipynb$", ".html") .. rest
  return element
end

-- Blocks --------------------------------------------------------------------------------------------------------

local render -- defined below; blocks hold blocks

local function float_in_typst(identifier, kind, content, caption)
  local blocks = pandoc.List({ raw("#figure([") })
  blocks:extend(content)
  local inlines = pandoc.List()
  if #caption > 0 then
    inlines:insert(rawi("], caption: figure.caption(position: " .. (kind == "tbl" and "top" or "bottom") .. ", ["))
    inlines:extend(caption)
    inlines:insert(rawi("]),"))
  else
    inlines:insert(rawi("],"))
  end
  local tail = '\nkind: "quarto-float-' .. kind .. '",\n'
  if identifier ~= "" then
    tail = tail .. "supplement: " .. typst_string(words[kind]) .. ",\n) <" .. identifier .. ">"
  else
    tail = tail .. "supplement: none, numbering: none,\n)"
  end
  inlines:insert(rawi(tail))
  blocks:insert(pandoc.Plain(inlines))
  blocks:insert(raw("\n"))
  return blocks
end

local function float_in_html(identifier, kind, content, caption)
  local position = kind == "tbl" and "top" or "bottom"
  local id = identifier ~= "" and (' id="' .. identifier .. '"') or ""
  local caption_id = identifier .. "-caption"
  local described = (identifier ~= "" and #caption > 0) and (' aria-describedby="' .. caption_id .. '"') or ""
  local head = "<div" .. id .. ' class="quarto-float quarto-figure quarto-figure-center">\n<figure class="quarto-float '
    .. "quarto-float-" .. kind .. ' figure">'
  local body = pandoc.List({ raw("<div" .. described .. ">") })
  body:extend(content)
  body:insert(raw("</div>"))
  local figcaption = pandoc.List()
  if #caption > 0 then
    local inlines = pandoc.List({
      rawi('<figcaption class="quarto-float-caption-' .. position .. " quarto-float-caption quarto-float-" .. kind
        .. '"' .. (identifier ~= "" and (' id="' .. caption_id .. '"') or "") .. ">"),
    })
    if identifier ~= "" then
      inlines:insert(pandoc.Str(words[kind] .. "\u{a0}" .. numbers[identifier].text .. ":"))
      inlines:insert(pandoc.Space())
    end
    inlines:extend(caption)
    inlines:insert(rawi("</figcaption>"))
    figcaption:insert(pandoc.Plain(inlines))
  end
  local blocks = pandoc.List({ raw(head) })
  blocks:extend(position == "top" and figcaption or body)
  blocks:extend(position == "top" and body or figcaption)
  blocks:insert(raw("</figure>\n</div>"))
  return blocks
end

local function float(identifier, kind, content, caption)
  return (typst and float_in_typst or float_in_html)(identifier, kind, content, caption)
end

-- A fenced float: its caption is the div `lb-caption` (from a cell) or, as Quarto has it, the last paragraph.
local function float_div(div, kind)
  local caption = nil
  local content = pandoc.List()
  for _, block in ipairs(div.content) do
    if block.t == "Div" and has_class(block, "lb-caption") then
      caption = pandoc.utils.blocks_to_inlines(block.content)
    else
      content:insert(block)
    end
  end
  if not caption and not has_class(div, "cell") then
    local last = content[#content]
    if last and (last.t == "Para" or last.t == "Plain") and #content > 1 then
      caption = last.content
      content:remove(#content)
    elseif last and last.t == "Table" then
      caption = pandoc.utils.blocks_to_inlines(last.caption.long)
      last.caption.long = {}
    end
  end
  if not caption or #caption == 0 then
    fault("the float " .. div.identifier .. " has no caption", "Add one: fig-cap, tbl-cap or a last paragraph",
      div.identifier, div)
  end
  if div.attributes["fig-alt"] then
    content = pandoc.Blocks(content):walk({ Image = function(img)
      img.attributes["fig-alt"] = img.attributes["fig-alt"] or div.attributes["fig-alt"]
      return img
    end })
  end
  if div.attributes["tbl-colwidths"] then
    content = pandoc.Blocks(content):walk({ Table = function(t)
      t.attributes["tbl-colwidths"] = div.attributes["tbl-colwidths"]
      return t
    end })
  end
  -- A table that is written already names itself.
  if caption and content:find_if(function(block) return block.t ~= "RawBlock" end) then
    content = pandoc.Blocks(content):walk({ Table = function(t)
      t.attributes["data-name"] = name_of(caption)
      return t
    end })
  end
  local columns = div.attributes["layout-ncol"]
  if columns then
    content = pandoc.List({ pandoc.Div(content, { ["layout-ncol"] = columns }) })
  end
  return float(div.identifier, kind, render(content), caption or pandoc.List())
end

-- Figures: in a paragraph of their own, pandoc makes a Figure of an image.
local function figure(element)
  local caption = pandoc.utils.blocks_to_inlines(element.caption.long)
  local kind = float_kind(element.identifier) or "fig"
  local identifier = float_kind(element.identifier) and element.identifier or ""
  local content = pandoc.Blocks(element.content):walk({ Image = function(img)
    img.attributes["fig-alt"] = img.attributes["fig-alt"] or element.attributes["fig-alt"]
    return img
  end })
  return float(identifier, kind, render(content), caption)
end

local function column_widths(element)
  local given = element.attributes["tbl-colwidths"]
  element.attributes["tbl-colwidths"] = nil
  if not given then
    return
  end
  local widths = pandoc.List()
  for width in given:gmatch("[%d.]+") do
    widths:insert(tonumber(width))
  end
  if #widths ~= #element.colspecs then
    fault("tbl-colwidths " .. given .. " for a table of " .. #element.colspecs .. " columns",
      "Give one width a column", given)
    return
  end
  local sum = 0
  for _, width in ipairs(widths) do
    sum = sum + width
  end
  for n, spec in ipairs(element.colspecs) do
    element.colspecs[n] = { spec[1], widths[n] / math.max(sum, 100) }
  end
end

local function table_block(element)
  local caption = pandoc.utils.blocks_to_inlines(element.caption.long)
  local identifier = float_kind(element.identifier) and element.identifier or ""
  column_widths(element)
  element.caption = { long = {} }
  element.identifier = ""
  if typst then
    element.classes:insert("typst:no-figure")
    if identifier == "" and #caption == 0 then
      return element
    end
    return float(identifier, "tbl", pandoc.List({ element }), caption)
  end
  element.classes:extend({ "caption-top", "table" })
  -- A wide table scrolls by itself on a small screen; the keyboard must be able to reach it.
  local name = element.attributes["data-name"] or (#caption > 0 and name_of(caption)) or words.tbl
  element.attributes["data-name"] = nil
  local wrapped = pandoc.List({
    raw('<div class="table-responsive" role="region" tabindex="0" aria-label="' .. html_text(name) .. '">'),
    element,
    raw("</div>"),
  })
  if identifier == "" and #caption == 0 then
    return wrapped
  end
  return float(identifier, "tbl", wrapped, caption)
end

local callout_colours = {
  note = { "#dae6fb", "#0758E5", "fa-info" },
  tip = { "#ccf1e3", "#00A047", "fa-lightbulb" },
  warning = { "#fcefdc", "#EB9113", "fa-exclamation-triangle" },
  important = { "#f7dddc", "#CC1914", "fa-exclamation" },
  caution = { "#ffe5d0", "#FC5300", "fa-fire" },
}

local function callout_title(div, kind)
  local first = div.content[1]
  if first and first.t == "Header" then
    div.content:remove(1)
    return first.content
  end
  if div.attributes.title then
    return pandoc.utils.blocks_to_inlines(pandoc.read(div.attributes.title, "markdown").blocks)
  end
  return pandoc.List({ pandoc.Str(words["callout-" .. kind]) })
end

local function callout(div, kind)
  local title = callout_title(div, kind)
  local content = render(div.content)
  if typst then
    local colour = callout_colours[kind]
    local blocks = pandoc.List({ raw("#callout(body: [") })
    blocks:extend(content)
    local inlines = pandoc.List({ rawi("], title: [") })
    inlines:extend(title)
    inlines:insert(rawi(string.format(
      ']\n, background_color: rgb("%s"), icon_color: rgb("%s"), icon: none, body_background_color: white)',
      colour[1], colour[2])))
    blocks:insert(pandoc.Plain(inlines))
    blocks:insert(raw("\n"))
    return blocks
  end
  local head = pandoc.List({ rawi('<div class="callout-title-container flex-fill">') })
  head:extend(title)
  head:insert(rawi("</div>"))
  local blocks = pandoc.List({
    raw('<div class="callout callout-style-default callout-' .. kind .. ' callout-titled" role="note">\n'
      .. '<div class="callout-header d-flex align-content-center">\n<div class="callout-icon-container">'
      .. '<i class="callout-icon" aria-hidden="true"></i></div>'),
    pandoc.Plain(head),
    raw('</div>\n<div class="callout-body-container callout-body">'),
  })
  blocks:extend(content)
  blocks:insert(raw("</div>\n</div>"))
  return blocks
end

local tabsets = 0

-- Split a tabset's blocks at its first heading level; each tab is { heading, blocks }.
local function tabs_of(div)
  local tabs = pandoc.List()
  local level = nil
  for _, block in ipairs(div.content) do
    if block.t == "Header" and (not level or block.level == level) then
      level = block.level
      tabs:insert({ block, pandoc.List() })
    elseif #tabs > 0 then
      tabs[#tabs][2]:insert(block)
    else
      fault("a tabset that does not begin with a heading", "Begin each tab with a heading", "panel-tabset")
    end
  end
  return tabs
end

local function tabset(div)
  if typst then
    return render(div.content)
  end
  tabsets = tabsets + 1
  local name = "tabset-" .. tabsets
  local blocks = pandoc.List({ raw('<div class="panel-tabset">\n<ul class="nav nav-tabs" role="tablist">') })
  local panes = pandoc.List({ raw('<div class="tab-content">') })
  for n, tab in ipairs(tabs_of(div)) do
    local id = name .. "-" .. n
    local on = n == 1 and "true" or "false"
    local label = pandoc.List({ rawi(string.format(
      '<li class="nav-item" role="presentation"><a class="nav-link%s" id="%s-tab" href="#%s" role="tab" '
        .. 'aria-controls="%s" aria-selected="%s">', n == 1 and " active" or "", id, id, id, on)) })
    label:extend(tab[1].content)
    label:insert(rawi("</a></li>"))
    blocks:insert(pandoc.Plain(label))
    panes:insert(raw(string.format('<div id="%s" class="tab-pane%s" role="tabpanel" aria-labelledby="%s-tab">', id,
      n == 1 and " active" or "", id)))
    panes:extend(render(tab[2]))
    panes:insert(raw("</div>"))
  end
  blocks:insert(raw("</ul>"))
  blocks:extend(panes)
  blocks:insert(raw("</div>\n</div>"))
  return blocks
end

local function layout(div)
  local columns = math.tointeger(tonumber(div.attributes["layout-ncol"]) or 0)
  if not columns or columns < 1 then
    fault('layout-ncol="' .. div.attributes["layout-ncol"] .. '" is no number of columns', nil, "layout-ncol", div)
    return div.content
  end
  local cells = pandoc.List()
  for _, block in ipairs(div.content) do
    if block.t ~= "RawBlock" or block.format == settings.target then
      cells:insert(render(pandoc.List({ block })))
    end
  end
  local blocks = pandoc.List()
  if typst then
    blocks:insert(raw("#grid(columns: " .. columns .. ", gutter: 1em,"))
    for n, cell in ipairs(cells) do
      blocks:insert(raw((n > 1 and "],\n" or "") .. "  rect(stroke: none, inset: 0pt, width: 100%)["))
      blocks:extend(cell)
    end
    blocks:insert(raw(#cells > 0 and "],\n)\n" or ")\n"))
    return blocks
  end
  blocks:insert(raw('<div class="quarto-layout-panel" data-layout-ncol="' .. columns .. '">'))
  for start = 1, #cells, columns do
    blocks:insert(raw('<div class="quarto-layout-row">'))
    for n = start, math.min(start + columns - 1, #cells) do
      blocks:insert(raw(string.format('<div class="quarto-layout-cell" style="flex-basis: %.1f%%;">', 100 / columns)))
      blocks:extend(cells[n])
      blocks:insert(raw("</div>"))
    end
    blocks:insert(raw("</div>"))
  end
  blocks:insert(raw("</div>"))
  return blocks
end

local function div_block(div)
  local kind = float_kind(div.identifier)
  if kind then
    return float_div(div, kind)
  end
  for _, class in ipairs(div.classes) do
    local callout_kind = class:match("^callout%-(%a+)$")
    if callout_kind and callout_colours[callout_kind] then
      return callout(div, callout_kind)
    end
  end
  if has_class(div, "panel-tabset") then
    return tabset(div)
  end
  if has_class(div, "lb-float") then
    -- A cell with a caption but no label: a figure or table without a number.
    local caption = pandoc.List()
    local content = div.content:filter(function(block)
      if block.t == "Div" and has_class(block, "lb-caption") then
        caption = pandoc.utils.blocks_to_inlines(block.content)
        return false
      end
      return true
    end)
    return float("", div.attributes["data-kind"], render(content), caption)
  end
  if div.attributes["layout-ncol"] then
    return layout(div)
  end
  if has_class(div, "cell") or has_class(div, "cell-output") then
    return render(div.content)
  end
  div.content = render(div.content)
  return div
end

local function raw_block(element)
  if element.format == "tex" or element.format == "latex" then
    fault("raw LaTeX: " .. element.text:sub(1, 40), "Use a shortcode, or a {=typst} and a {=html} block",
      element.text:match("[^\n]*"))
  end
end

local section_top = 1

local function header(element)
  if typst then
    if settings.shift_headings then
      element.level = math.max(1, element.level - 1)
    end
  elseif settings.number_sections and not has_class(element, "unnumbered") then
    local number = section_number(element, section_top)
    element.content:insert(1, pandoc.Space())
    element.content:insert(1, rawi('<span class="header-section-number">' .. number .. "</span>"))
  end
  return element
end

local renderers = {
  traverse = "topdown",
  Div = function(element)
    return div_block(element), false
  end,
  Figure = function(element)
    return figure(element), false
  end,
  Table = function(element)
    return table_block(element), false
  end,
  Header = header,
  RawBlock = raw_block,
  RawInline = raw_block,
}

function render(blocks)
  return through(blocks, renderers)
end

return function(doc)
  local blocks = doc.blocks
  if holds.conditions then
    blocks = for_this_format(blocks)
  end
  if holds.labels then
    collect(blocks)
  end
  if settings.number_sections then
    section = { 0, 0, 0, 0, 0, 0 }
    section_top = top_level(blocks)
  end
  if holds.references or holds.links then
    blocks = blocks:walk({ Cite = references, Link = link })
  end
  blocks = render(blocks)
  if holds.images then
    blocks = blocks:walk({ Image = image })
  end
  if #faults > 0 then
    return nil, faults
  end
  return pandoc.Pandoc(blocks, doc.meta)
end
