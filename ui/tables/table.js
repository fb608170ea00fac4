// A table of our own: badges, serif quotes, a row picked by mouse or keyboard, actions under the picked row.

const tables = new WeakMap()

export default function (component) {
  const root = component.parentElement
  const table = tables.get(root) ?? create(root)
  table.send = { state: component.setStateValue, trigger: component.setTriggerValue }
  update(table, component.data)
  return () => destroy(root)
}

function create(root) {
  const find = name => root.querySelector(`[data-part=${name}]`)
  const table = { root, box: find("box"), head: find("head"), body: find("body"), pager: find("pager"), data: null }
  table.heard = event => hear(table, event.detail)
  window.addEventListener("norma-pick", table.heard)
  tables.set(root, table)
  return table
}

function destroy(root) {
  const table = tables.get(root)
  if (!table) return
  window.removeEventListener("norma-pick", table.heard)
  tables.delete(root)
}

function update(table, data) {
  const before = table.data
  table.data = data
  table.picked = data.selected
  table.checked = new Set(data.checked)
  table.box.setAttribute("aria-label", data.label)
  table.box.style.maxHeight = data.height ? `${data.height}px` : "none"
  drawHead(table)
  if (!before || before.stamp !== data.stamp) drawBody(table)
  else markChecks(table)
  drawPager(table)
  markPicked(table, !before || before.selected !== data.selected)
}

function drawHead(table) {
  const { columns, checkable, words } = table.data
  const row = element("tr")
  if (checkable) {
    const cell = element("th", "check")
    cell.scope = "col"
    const all = checkbox(words.all, event => checkAll(table, event.target.checked))
    all.dataset.all = "1"
    cell.append(all)
    row.append(cell)
  }
  for (const column of columns) {
    const cell = element("th", classes(column), column.label)
    cell.scope = "col"
    row.append(cell)
  }
  table.head.replaceChildren(row)
}

function classes(column) {
  return [column.align === "right" && "right", column.secondary && "secondary", column.shrink && "shrink"]
    .filter(Boolean)
    .join(" ")
}

function drawBody(table) {
  const focused = table.root.activeElement?.closest?.("tr")?.dataset.id
  table.body.replaceChildren(...table.data.rows.map(row => drawRow(table, row)))
  if (focused) rowOf(table, focused)?.querySelector("button")?.focus({ preventScroll: true })
  markChecks(table)
}

function drawRow(table, row) {
  const { columns, checkable, clickable, words } = table.data
  const line = element("tr", row.faded ? "faded" : "")
  line.dataset.id = row.id
  if (checkable) {
    const cell = element("td", "check")
    const box = checkbox(words.choose.replace("{name}", row.name), event => check(table, row.id, event.target.checked))
    box.dataset.id = row.id
    cell.append(box)
    line.append(cell)
  }
  columns.forEach((column, at) => {
    const cell = element("td", classes(column))
    const content = drawCell(row.cells[at])
    cell.append(clickable && at === 0 ? rowButton(table, row, content) : content)
    line.append(cell)
  })
  if (clickable) {
    line.classList.add("clickable")
    line.onclick = event => {
      if (event.target.closest("input, .actions") || String(document.getSelection())) return
      pick(table, row.id)
    }
  }
  return line
}

function rowButton(table, row, content) {
  const button = element("button", "row-button")
  button.type = "button"
  button.append(content)
  button.onkeydown = event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    const next = neighbour(table, row.id, step)
    if (!next) return
    event.preventDefault()
    rowOf(table, next)?.querySelector(".row-button")?.focus()
  }
  return button
}

function neighbour(table, id, step) {
  const { rows } = table.data
  return rows[rows.findIndex(row => row.id === id) + step]?.id
}

function drawCell(cell) {
  if (cell.kind === "badge") return badge(cell)
  if (cell.kind === "badges") return wrap("badges", cell.badges.map(badge))
  if (cell.kind === "element") return drawElement(cell)
  if (cell.kind === "stack") {
    const main = element("span", "main", cell.text)
    main.title = cell.text
    return wrap("stack", [main, element("span", "second", cell.second)])
  }
  return element("span", cell.kind, cell.text)
}

function drawElement(cell) {
  const head = element("span", "element-head")
  const mark = element("span", "element-icon")
  mark.style.color = `var(--el-${cell.type.toLowerCase()}-line)`
  mark.append(svg(cell.icon))
  head.append(mark, element("span", "element-type", cell.label), element("span", "place", cell.place))
  const parts = [head, element("span", cell.struck ? "quote struck" : "quote", cell.quote)]
  if (cell.fact) parts.push(element("span", "second", cell.fact))
  return wrap("element", parts)
}

function badge(cell) {
  const made = element("span", `badge ${cell.tone}`)
  if (cell.icon) made.append(svg(cell.icon))
  made.append(element("span", "", cell.label))
  return made
}

function wrap(name, children) {
  const made = element("span", name)
  made.append(...children)
  return made
}

// ---- picking, checking, acting

function rowOf(table, id) {
  return [...table.body.children].find(line => line.dataset.id === id)
}

function pick(table, id) {
  if (table.picked !== id) {
    table.picked = id
    markPicked(table, false)
  }
  window.dispatchEvent(new CustomEvent("norma-pick", { detail: { group: table.data.group, id, from: table.root } }))
  table.send.trigger("clicked", id)
}

function hear(table, { group, id, from }) {
  if (from === table.root || group !== table.data?.group || !rowOf(table, id)) return
  table.picked = id
  markPicked(table, true)
}

function markPicked(table, bring) {
  table.body.querySelector(".actions-row")?.remove()
  for (const line of table.body.children) {
    const picked = line.dataset.id === table.picked
    line.classList.toggle("picked", picked)
    const button = line.querySelector(".row-button")
    if (button) button.setAttribute("aria-pressed", String(picked))
  }
  const line = table.picked && rowOf(table, table.picked)
  if (!line) return
  drawActions(table, line)
  if (bring) bringIntoBox(table.box, line)
}

function bringIntoBox(box, line) {
  const outer = box.getBoundingClientRect(), inner = line.getBoundingClientRect()
  const head = box.querySelector("thead").getBoundingClientRect().height
  if (inner.top < outer.top + head) box.scrollTop -= outer.top + head - inner.top
  else if (inner.bottom > outer.bottom - 60) box.scrollTop += inner.bottom - outer.bottom + 60
}

function drawActions(table, line) {
  const row = table.data.rows.find(one => one.id === table.picked)
  const shown = table.data.actions.filter(action => !row.actions || row.actions.includes(action.id))
  if (!shown.length) return
  const holder = element("tr", "actions-row picked")
  const cell = element("td", "actions")
  cell.colSpan = table.data.columns.length + (table.data.checkable ? 1 : 0)
  for (const action of shown) {
    const button = element("button", `action ${action.strong ? "strong" : ""}`)
    button.type = "button"
    if (action.icon) button.append(svg(action.icon))
    button.append(element("span", "", action.label))
    button.onclick = () => table.send.trigger("action", { row: row.id, action: action.id })
    cell.append(button)
  }
  holder.append(cell)
  line.after(holder)
}

function check(table, id, on) {
  if (on) table.checked.add(id)
  else table.checked.delete(id)
  markChecks(table)
  table.send.state("checked", [...table.checked])
}

function checkAll(table, on) {
  for (const row of table.data.rows) {
    if (on) table.checked.add(row.id)
    else table.checked.delete(row.id)
  }
  markChecks(table)
  table.send.state("checked", [...table.checked])
}

function markChecks(table) {
  if (!table.data.checkable) return
  for (const box of table.body.querySelectorAll("input")) box.checked = table.checked.has(box.dataset.id)
  const on = table.data.rows.filter(row => table.checked.has(row.id)).length
  const all = table.head.querySelector("input")
  all.checked = on > 0 && on === table.data.rows.length
  all.indeterminate = on > 0 && on < table.data.rows.length
}

function checkbox(label, changed) {
  const box = element("input", "")
  box.type = "checkbox"
  box.setAttribute("aria-label", label)
  box.onchange = changed
  return box
}

function drawPager(table) {
  const { page, pages, words } = table.data
  table.pager.hidden = pages < 2
  if (pages < 2) return
  table.pager.replaceChildren(
    pageButton(table, page - 1, words.previous, "chevron_left"),
    element("span", "page", words.page),
    pageButton(table, page + 1, words.next, "chevron_right"),
  )
}

function pageButton(table, page, label, icon) {
  const button = element("button", "step")
  button.type = "button"
  button.setAttribute("aria-label", label)
  button.disabled = page < 0 || page >= table.data.pages
  button.append(svg(icon))
  button.onclick = () => table.send.trigger("page", page)
  return button
}

// ---- small parts

function element(tag, name = "", text = undefined) {
  const made = document.createElement(tag)
  if (name) made.className = name
  if (text !== undefined) made.append(...String(text).split(/(\S*[-–]\S*|(?<![\p{L}\d])(?:розд|гл|ст|ч|п|пп|абз|No)\. [\dvz]\S{0,12})/u).map(whole))
  return made
}

// A number with a hyphen («42-1») and a unit with its number («ст. 24») stay on one line, as in `ui/markup.py`.
function whole(word) {
  if (!/^\p{L}+\. [\dvz]\S*$/u.test(word) && !/^(?=.{1,28}$)(?=.*\d).*[\p{L}\d][-–][\p{L}\d]/u.test(word)) return word
  const made = document.createElement("span")
  made.className = "whole"
  made.textContent = word
  return made
}

function svg(icon) {
  const space = "http://www.w3.org/2000/svg"
  const box = document.createElementNS(space, "svg")
  box.setAttribute("viewBox", "0 0 960 960")
  box.setAttribute("aria-hidden", "true")
  const path = document.createElementNS(space, "path")
  path.setAttribute("d", NORMA_ICONS[icon] ?? NORMA_ICONS.circle)
  box.append(path)
  return box
}
