-- A Pandoc that stays: it reads documents from standard input and writes what they become, one after another.
-- Asked as `pandoc_process.py` asks; run as `pandoc lua pandoc_worker.lua ENGINE`.
--
-- A Pandoc process of its own takes 0.3 s to start and to read its first document, one that stays 0.1 s for both.

local engine_file = arg[1]
local standard_output = io.stdout
-- What a filter prints must not stand among the answers.
io.output(io.stderr)
print = function(...)
  io.stderr:write(table.concat({ ... }, "\t"), "\n")
end

-- Give a document's own filter what Pandoc gives one, and nothing that another document's filter has left.
local function environment(writer_format, writer_options, script)
  local own = {}
  for name, value in pairs(_G) do
    own[name] = value
  end
  own.FORMAT = writer_format
  own.PANDOC_WRITER_OPTIONS = writer_options
  own.PANDOC_SCRIPT_FILE = script
  own._G = own
  return own
end

local templates = {} -- compiled, by their path and text

local function template(asked)
  local key = asked.template .. "\n" .. asked.template_text
  if not templates[key] then
    templates[key] = pandoc.template.compile(asked.template_text, asked.template)
  end
  return templates[key]
end

-- Return the document converted, or its faults.
local function convert(asked, markdown)
  local writer_format = asked.target == "html" and "html5" or asked.target
  local options = asked.options
  options.template = template(asked)
  options.variables = asked.variables
  local writer_options = pandoc.WriterOptions(options)
  local doc = pandoc.read(markdown, "markdown")
  for _, filter in ipairs(asked.filters) do
    doc = pandoc.utils.run_lua_filter(doc, filter, environment(writer_format, writer_options, filter))
  end
  local engine = assert(loadfile(engine_file, "t", environment(writer_format, writer_options, engine_file)))
  local faults
  doc, faults = engine(asked.settings)(doc)
  if faults then
    return "faults", pandoc.json.encode(faults)
  end
  return "done", pandoc.write(doc, writer_format, writer_options)
end

local function answer(kind, text)
  standard_output:write(kind, " ", #text, "\n", text)
  standard_output:flush()
end

while true do
  local sizes = io.read("l")
  if not sizes then
    return
  end
  local head, body = sizes:match("^(%d+) (%d+)$")
  local asked = pandoc.json.decode(io.read(tonumber(head)), false)
  local markdown = io.read(tonumber(body))
  local well, kind, text = pcall(pandoc.system.with_working_directory, asked.settings.scratch, function()
    return convert(asked, markdown)
  end)
  if well then
    answer(kind, text)
  else
    answer("failed", tostring(kind))
  end
  collectgarbage()
end
