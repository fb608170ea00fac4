// A text with its elements: one text node, ranges drawn by the CSS Custom Highlight API, margin notes beside it.
// Python counts code points, the browser UTF-16 units; both meet in `toUnits` and `toPoints`.

const views = new WeakMap()
const hiddenByKey = new Map()
const HELD = "nm-held"
const PICKED = "nm-picked"
// «42-1», «2073-IX»: a line may not end after such a hyphen, or a reader sees article 42. What keeps it together
// takes a unit of its own beside the letter that follows it, has no width, and is left out of what is copied.
const JOINER = "\u2060"
const PARTED = /(?<=\d[-–])(?=[\dA-Za-zА-ЯЄІЇҐа-яєіїґ])|(?<=[A-Za-zА-ЯЄІЇҐа-яєіїґ][-–])(?=\d)/g
const LAYERS = { "nm-same": 0, "nm-note": 0, "nm-outside": 1, "nm-link": 1, "nm-heading": 20, [HELD]: 30, [PICKED]: 31 }

export default function (component) {
  const root = component.parentElement
  const view = views.get(root) ?? create(root)
  view.send = { state: component.setStateValue, trigger: component.setTriggerValue }
  update(view, component.data)
  return () => destroy(root)
}

function create(root) {
  const find = name => root.querySelector(`[data-part=${name}]`)
  const view = {
    root, host: find("view"), legend: find("legend"), pager: find("pager"), next: find("next"),
    box: find("box"), margin: find("margin"), text: find("text"), told: find("told"),
    data: null, node: null, wide: [], owned: [], picked: null, held: null,
    turned: null, asked: null, waiting: 0, pressed: false,
  }
  view.resized = new ResizeObserver(() => requestAnimationFrame(() => drawMargin(view)))
  view.resized.observe(view.text)
  view.heard = event => hear(view, event.detail)
  window.addEventListener("norma-pick", view.heard)
  view.box.addEventListener("mouseup", event => setTimeout(() => released(view, event), 0))
  for (const kind of ["scroll", "mousedown", "keydown"]) view.box.addEventListener(kind, () => { view.told.hidden = true })
  view.box.addEventListener("scroll", () => followSoon(view), { passive: true })
  view.box.addEventListener("mousedown", () => { view.pressed = true })
  view.lifted = () => { view.pressed = false }
  window.addEventListener("mouseup", view.lifted)
  view.text.addEventListener("mousemove", event => point(view, event))
  view.box.addEventListener("keyup", event => event.shiftKey && released(view, null))
  document.fonts.ready.then(() => drawMargin(view))
  views.set(root, view)
  return view
}

function destroy(root) {
  const view = views.get(root)
  if (!view) return
  clear(view)
  view.resized.disconnect()
  window.removeEventListener("norma-pick", view.heard)
  window.removeEventListener("mouseup", view.lifted)
  clearTimeout(view.waiting)
  views.delete(root)
}

function update(view, data) {
  const before = view.data
  const fresh = !before || before.doc !== data.doc
  const kept = fresh && before && textOf(before) === textOf(data) ? topPlace(view) : null
  const held = view.held?.map(point => point + before.base)
  view.data = data
  view.spans = new Map(data.spans.map(span => [span.id, span]))
  view.picked = data.selected
  view.host.dataset.mode = data.mode
  view.host.dataset.side = data.side
  view.box.setAttribute("aria-label", data.words.region)
  view.box.style.maxHeight = data.height ? `${data.height}px` : "none"
  if (fresh) setText(view, data)
  if (kept && held) view.held = held.map(point => point - data.base)
  if (!data.selection) view.held = null
  view.asked = null
  drawLegend(view)
  drawPagers(view)
  draw(view)
  place(view, before, fresh, kept)
  followSoon(view)
}

function textOf(data) {
  return data.doc.split(":")[0]
}

function setText(view, data) {
  const parts = data.text.includes(JOINER) ? [data.text] : data.text.split(PARTED)
  view.text.textContent = parts.join(JOINER)
  view.node = view.text.firstChild
  view.told.hidden = true
  view.wide = widePoints(parts)
  view.held = null
}

// ---- offsets

// Code points that take two units: letters beyond the basic plane, and those that a joiner stands before.
function widePoints(parts) {
  const found = []
  let point = 0
  parts.forEach((part, index) => {
    if (index) found.push(point)
    if (!/[\u{10000}-\u{10FFFF}]/u.test(part)) point += part.length
    else for (const letter of part) {
      if (letter.length === 2) found.push(point)
      point += 1
    }
  })
  return found
}

document.addEventListener("copy", copied)

function copied(event) {
  const words = String(document.getSelection())
  if (!words.includes(JOINER)) return
  event.clipboardData.setData("text/plain", words.replaceAll(JOINER, ""))
  event.preventDefault()
}

function before(sorted, limit) {
  let low = 0, high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < limit) low = middle + 1
    else high = middle
  }
  return low
}

function toUnits(view, point) {
  return point + before(view.wide, point)
}

function toPoints(view, unit) {
  // The n-th wide letter, at code point p, begins at unit p + n.
  let low = 0, high = view.wide.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (view.wide[middle] + middle < unit) low = middle + 1
    else high = middle
  }
  return unit - low
}

// ---- drawing

function highlight(name) {
  let found = CSS.highlights.get(name)
  if (!found) {
    found = new Highlight()
    found.priority = LAYERS[name] ?? 2 + NORMA_LAYERS[name]
    CSS.highlights.set(name, found)
  }
  return found
}

// Browsers before 2025 may lack highlights: the text, the margin and the table then say the same without tints.
const canDraw = "highlights" in CSS

function clear(view) {
  for (const [name, range] of view.owned) CSS.highlights.get(name)?.delete(range)
  view.owned = []
}

function paint(view, name, start, end) {
  const units = view.node.length
  const from = Math.min(toUnits(view, Math.max(start, 0)), units)
  const to = Math.min(toUnits(view, Math.max(end, 0)), units)
  if (from >= to || !canDraw) return
  const range = new StaticRange({ startContainer: view.node, startOffset: from, endContainer: view.node, endOffset: to })
  highlight(name).add(range)
  view.owned.push([name, range])
}

function draw(view) {
  clear(view)
  if (!view.node) return
  const { data } = view
  for (const [start, end] of data.headings) paint(view, "nm-heading", start, end)
  for (const [start, end] of data.notes) paint(view, "nm-note", start, end)
  for (const link of data.links) paint(view, link.where === "outside" ? "nm-outside" : "nm-link", link.start, link.end)
  for (const span of visible(view)) {
    if (span.status === "rejected") continue
    paint(view, span.diff === "same" ? "nm-same" : nameOf(span.type), span.start, span.end)
  }
  const picked = view.spans.get(view.picked)
  if (picked) paint(view, PICKED, picked.start, picked.end)
  if (view.held) paint(view, HELD, view.held[0], view.held[1])
  drawMargin(view)
}

function nameOf(type) {
  return `nm-${type.toLowerCase()}`
}

function hidden(view) {
  const key = view.data.key
  if (!hiddenByKey.has(key)) hiddenByKey.set(key, new Set(view.data.hidden))
  return hiddenByKey.get(key)
}

function visible(view) {
  const off = hidden(view)
  return view.data.spans.filter(span => !off.has(span.type))
}

function rectAt(view, point) {
  const from = toUnits(view, point)
  if (from >= view.node.length) return null
  const range = document.createRange()
  range.setStart(view.node, from)
  range.setEnd(view.node, from + 1)
  const rects = range.getClientRects()
  return rects.length ? rects[rects.length - 1] : null
}

function drawMargin(view) {
  if (!view.node || !view.data) return
  const top = view.text.getBoundingClientRect().top
  const lines = new Map()
  const bars = []
  for (const span of visible(view)) {
    const changed = span.diff === "only" || span.diff === "attributes"
    if (span.status === "rejected" || !(changed || (span.diff !== "same" && NORMA_NAMED.has(span.type)))) continue
    const first = rectAt(view, Math.max(span.start, 0))
    if (!first) continue
    const y = Math.round(first.top - top)
    if (changed) bars.push(bar(view, span, y, top))
    if (!NORMA_NAMED.has(span.type)) continue
    if (!lines.has(y)) lines.set(y, [])
    lines.get(y).push(span)
  }
  const notes = [...lines].map(([y, spans]) => marginNote(view, y, spans))
  const goal = goalBar(view, top)
  view.margin.replaceChildren(...bars.flat(), ...notes, ...(goal ? [goal] : []))
}

// The paragraph that a reference or the structure led to.
function goalBar(view, top) {
  const start = view.data.focus?.[0]
  if (start === undefined || start < 0) return null
  const from = toUnits(view, start)
  if (from >= view.node.length) return null
  const stop = view.node.data.indexOf("\n", from)
  const first = rectAt(view, start)
  const last = rectAt(view, toPoints(view, Math.max(from, (stop < 0 ? view.node.length : stop) - 1)))
  if (!first || !last) return null
  const line = element("div", "goal")
  line.style.top = `${Math.round(first.top - top)}px`
  line.style.height = `${Math.round(last.bottom - first.top)}px`
  return line
}

function marginNote(view, y, spans) {
  const box = element("div", "note")
  box.style.top = `${y}px`
  const kinds = new Map(spans.map(span => [span.type, span]))
  const shown = kinds.size > 1 ? [...kinds.values()].slice(0, 3) : [spans[0]]
  for (const span of shown) {
    const part = element("span", "note-part")
    part.style.color = `var(--el-${span.type.toLowerCase()}-line)`
    part.title = view.data.labels[span.type]
    if (kinds.size === 1) part.append(element("span", "note-name", view.data.labels[span.type]))
    part.append(svg(NORMA_TYPE_ICONS[span.type]))
    part.onclick = () => pick(view, span.id)
    box.append(part)
  }
  return box
}

function bar(view, span, y, top) {
  const last = rectAt(view, Math.max(span.start, span.end - 1))
  const line = element("div", `bar bar-${span.diff}`)
  line.style.top = `${y}px`
  line.style.height = `${Math.max(18, (last ? last.bottom - top : y + 18) - y)}px`
  const flag = element("div", `flag flag-${span.diff}`)
  flag.style.top = `${y}px`
  flag.append(svg(span.diff === "only" ? "plus" : "not_equal"))
  flag.onclick = () => pick(view, span.id)
  return [line, flag]
}

function drawLegend(view) {
  const off = hidden(view)
  view.legend.hidden = !view.data.legend.length
  const rows = view.data.legend.map(family => {
    const row = element("div", "family")
    row.setAttribute("role", "group")
    row.setAttribute("aria-label", family.label)
    const types = element("div", "types")
    types.append(...family.types.map(type => legendToggle(view, type, off)))
    row.append(element("span", "family-name", family.label), types)
    return row
  })
  const active = view.root.activeElement?.dataset?.type
  view.legend.replaceChildren(...rows)
  if (active) view.legend.querySelector(`[data-type=${active}]`)?.focus()
}

function legendToggle(view, type, off) {
  const button = element("button", "type")
  button.type = "button"
  button.dataset.type = type.code
  button.setAttribute("aria-pressed", String(!off.has(type.code)))
  const sample = element("span", `sample sample-${type.code.toLowerCase()}`, "а")
  sample.setAttribute("aria-hidden", "true")
  button.append(sample, element("span", "type-name", type.label), element("span", "count", type.count))
  button.onclick = () => {
    if (off.has(type.code)) off.delete(type.code)
    else off.add(type.code)
    drawLegend(view)
    draw(view)
  }
  return button
}

function drawPagers(view) {
  const { page, starts, last, words } = view.data
  view.pager.hidden = starts.length < 2
  view.next.hidden = last
  if (starts.length < 2) return
  view.pager.replaceChildren(
    pageButton(view, page - 1, words.previous, "chevron_left"),
    element("span", "page", words.page),
    pageButton(view, page + 1, words.next, "chevron_right"),
  )
  const onward = element("button", "onward", words.next)
  onward.type = "button"
  onward.onclick = () => turn(view, page + 1)
  view.next.replaceChildren(onward)
}

function pageButton(view, page, label, icon) {
  const button = element("button", "step")
  button.type = "button"
  button.setAttribute("aria-label", label)
  button.disabled = page < 0 || page >= view.data.starts.length
  button.append(svg(icon))
  button.onclick = () => turn(view, page)
  return button
}

function turn(view, page) {
  view.turned = page
  view.send.trigger("page", { page, goal: view.data.goal })
}

// ---- the window follows the reader

const SLACK = 2000 // code points beyond the part in the middle: reading to and fro over its border moves nothing
const PAUSE = 120 // milliseconds

function followSoon(view) {
  if (view.waiting || view.data.starts.length < 2) return
  view.waiting = setTimeout(() => {
    view.waiting = 0
    followReader(view)
  }, PAUSE)
}

function followReader(view) {
  const { page, base, starts, goal } = view.data
  const place = view.pressed || view.asked !== null ? null : placeAt(view, 0.5)
  if (!place) return
  const at = place.point + base
  const end = starts[page + 1] ?? Infinity
  if (at >= starts[page] - SLACK && at < end + SLACK) return
  view.asked = before(starts, at + 1) - 1
  view.send.trigger("page", { page: view.asked, goal })
}

// What stands at a height of the visible part of the box: its point in the window, and where its line begins.
function placeAt(view, share) {
  if (!view.node) return null
  const box = view.box.getBoundingClientRect()
  const top = Math.max(box.top, 0)
  const bottom = Math.min(box.bottom, window.innerHeight)
  const x = view.text.getBoundingClientRect().left + 4
  const caret = document.caretPositionFromPoint?.(x, top + 14 + (bottom - top - 28) * share, { shadowRoots: [view.root] })
  if (!caret || caret.offsetNode !== view.node) return null
  const point = toPoints(view, Math.min(caret.offset, view.node.length - 1))
  const rect = rectAt(view, point)
  return rect && { point, y: rect.top }
}

function topPlace(view) {
  const found = placeAt(view, 0)
  return found && { at: found.point + view.data.base, y: found.y }
}

// ---- places

function place(view, before, fresh, kept) {
  const { focus, selected, page, base, starts } = view.data
  const focused = focus && (!before?.focus || String(before.focus.slice(1)) !== String(focus.slice(1)))
  const span = view.spans.get(selected)
  const moved = span && ((fresh && !kept) || before?.selected !== selected) && view.clicked !== selected
  const turned = view.turned === page
  view.clicked = view.turned = null
  if (focused) scrollTo(view, focus[0], true)
  else if (moved) scrollTo(view, span.start, fresh)
  else if (turned) alignTop(view, starts[page] - base, view.box.getBoundingClientRect().top)
  else if (kept) alignTop(view, kept.at - base, kept.y)
  else if (fresh) view.box.scrollTop = 0
}

function alignTop(view, point, y) {
  const rect = rectAt(view, Math.max(0, point))
  if (rect) view.box.scrollTop += rect.top - y
}

function scrollTo(view, point, always) {
  const rect = rectAt(view, Math.max(0, point))
  if (!rect) return
  const box = view.box.getBoundingClientRect()
  const seen = rect.top >= box.top + 8 && rect.bottom <= box.bottom - 24
  if (seen && !always) return
  view.box.scrollTop += rect.top - box.top - view.box.clientHeight / 4
}

function pick(view, id) {
  mark(view, id)
  view.send.trigger("clicked", id)
}

function mark(view, id) {
  view.picked = id
  view.clicked = id
  draw(view)
  window.dispatchEvent(new CustomEvent("norma-pick", { detail: { group: view.data.group, id, from: view.root } }))
}

function hear(view, { group, id, from }) {
  if (from === view.root || group !== view.data?.group || !view.spans.has(id)) return
  view.picked = id
  draw(view)
  scrollTo(view, view.spans.get(id).start, false)
}

function released(view, event) {
  const chosen = selectedPoints(view)
  if (chosen) {
    hold(view, chosen)
  } else if (event && event.button === 0) {
    if (view.held) letGo(view)
    else clickAt(view, event.clientX, event.clientY)
  }
}

function hold(view, [start, end]) {
  view.held = [start, end]
  draw(view)
  view.send.state("selection", { doc: view.data.doc, start: start + view.data.base, end: end + view.data.base })
}

function letGo(view) {
  view.held = null
  draw(view)
  view.send.state("selection", null)
}

function selectedPoints(view) {
  const selection = document.getSelection()
  const range = selection?.getComposedRanges?.({ shadowRoots: [view.root] })[0]
  if (!range || range.collapsed) return null
  const start = unitOf(view, range.startContainer, range.startOffset)
  const end = unitOf(view, range.endContainer, range.endOffset)
  return start < end ? trimmed(view, start, end) : null
}

function unitOf(view, container, offset) {
  if (container === view.node) return offset
  const place = document.createRange()
  place.setStart(container, offset)
  return place.comparePoint(view.node, 0) >= 0 ? 0 : view.node.length
}

function trimmed(view, start, end) {
  const text = view.node.data
  while (start < end && /\s/.test(text[start])) start += 1
  while (end > start && /\s/.test(text[end - 1])) end -= 1
  return start < end ? [toPoints(view, start), toPoints(view, end)] : null
}

// Of a link and the elements around it the shortest is meant; the element that says "reference" goes with its link.
function clickAt(view, x, y) {
  const at = pointAt(view, x, y)
  if (at === null) return
  const under = visible(view)
    .filter(span => holds(span, at) && span.status !== "rejected")
    .sort((one, other) => length(one) - length(other))
  const link = linkAt(view, at)
  const isShorter = span => span.type !== "REFERENCE" && length(span) < length(link)
  if (link && !under.some(isShorter)) {
    const twin = under.find(span => span.type === "REFERENCE")?.id ?? null
    if (twin) mark(view, twin)
    say(view, link.title, x, y)
    view.send.trigger("followed", { link: link.id, element: twin })
  } else if (under.length) {
    const present = under.findIndex(span => span.id === view.picked)
    pick(view, under[(present + 1) % under.length].id)
  }
}

// What a followed reference leads to, beside the words: all there is to see of one that leads outside.
function say(view, words, x, y) {
  view.told.textContent = words
  view.told.hidden = false
  const sheet = view.text.parentElement.getBoundingClientRect()
  const left = Math.min(x - sheet.left, sheet.width - view.told.offsetWidth)
  view.told.style.left = `${Math.max(0, left)}px`
  view.told.style.top = `${y - sheet.top + 16}px`
}

function holds(range, at) {
  return range.start <= at && at < range.end
}

function length(range) {
  return range.end - range.start
}

function linkAt(view, at) {
  return view.data.links.find(link => holds(link, at))
}

function point(view, event) {
  const at = view.data.links.length && !event.buttons ? pointAt(view, event.clientX, event.clientY) : null
  const link = at === null ? undefined : linkAt(view, at)
  if (view.over === link) return
  view.over = link
  view.text.classList.toggle("over-link", Boolean(link))
  view.text.title = link?.title ?? ""
}

function pointAt(view, x, y) {
  const caret = document.caretPositionFromPoint?.(x, y, { shadowRoots: [view.root] })
  if (!caret || caret.offsetNode !== view.node) return null
  for (const unit of [caret.offset, caret.offset - 1, caret.offset + 1]) {
    if (unit < 0 || unit >= view.node.length) continue
    const range = document.createRange()
    range.setStart(view.node, unit)
    range.setEnd(view.node, unit + 1)
    for (const box of range.getClientRects()) {
      if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return toPoints(view, unit)
    }
  }
  return null
}

// ---- small parts

function element(tag, name, text) {
  const made = document.createElement(tag)
  made.className = name
  if (text !== undefined) made.textContent = text
  return made
}

function svg(icon) {
  const space = "http://www.w3.org/2000/svg"
  const box = document.createElementNS(space, "svg")
  box.setAttribute("viewBox", "0 0 960 960")
  box.setAttribute("aria-hidden", "true")
  const path = document.createElementNS(space, "path")
  path.setAttribute("d", NORMA_ICONS[icon])
  box.append(path)
  return box
}
