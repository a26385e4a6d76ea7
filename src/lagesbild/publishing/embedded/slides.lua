-- Conditional content in slides: what is for another format goes, what is for pptx stays without its frame.

local function named(element, key)
  for name in (element.attributes[key] or ""):gmatch("%S+") do
    if name == "pptx" then
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
  local told = element.attributes["when-format"] ~= nil
  local here = told and named(element, "when-format") or (not told and not named(element, "unless-format"))
  if here == visible then
    return element.content
  end
  return {}
end

return { { Div = conditional, Span = conditional } }
