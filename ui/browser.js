// What only the browser can do for the frame: keep the chosen language (a cookie, so that it outlives the
// session), tell assistive technology the page's language, put Streamlit's own English words and names into it, and
// say so when the server was started anew.

const NOTICE_MS = 20_000
const words = { table: new Map(), patterns: [] }
const originals = new WeakMap()
const NAMES = ["aria-label", "placeholder", "alt"]
let observer = null

export default function (component) {
  const { data, parentElement } = component
  if (document.documentElement.lang !== data.lang) document.documentElement.lang = data.lang
  if (data.remember) document.cookie = `norma_lang=${data.lang}; path=/; max-age=31536000; SameSite=Lax`
  words.table = new Map(Object.entries(data.chrome))
  words.patterns = data.patterns.map(([from, to]) => [new RegExp(from), to])
  translate(document.body)
  observer ??= watch()
  const before = window.__normaBoot
  window.__normaBoot = data.boot
  const note = parentElement.querySelector("[data-part=restarted]")
  if (!before || before === data.boot) return
  note.textContent = data.restarted
  setTimeout(() => { note.textContent = "" }, NOTICE_MS)
}

function watch() {
  const watching = new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === "characterData") put(change.target)
      else if (change.type === "attributes") putNames(change.target)
      else change.addedNodes.forEach(translate)
    }
  })
  watching.observe(document.body, { childList: true, characterData: true, subtree: true, attributeFilter: NAMES })
  return watching
}

function translate(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  if (root.nodeType === Node.TEXT_NODE) put(root)
  while (texts.nextNode()) put(texts.currentNode)
  if (root.nodeType !== Node.ELEMENT_NODE) return
  putNames(root)
  root.querySelectorAll(NAMES.map(name => `[${name}]`).join()).forEach(putNames)
}

function put(node) {
  const shown = replaced(node, "text", node.data)
  if (shown !== node.data) node.data = shown
}

function putNames(element) {
  for (const name of NAMES) {
    const said = element.getAttribute(name)
    if (!said) continue
    const shown = replaced(element, name, said)
    if (shown !== said) element.setAttribute(name, shown)
  }
}

// What stands in place of `said`; the English is remembered, so that another language can be put in later.
function replaced(holder, part, said) {
  const kept = originals.get(holder) ?? {}
  const english = kept[part]?.shown === said ? kept[part].english : said
  const shown = inWords(english)
  if (shown !== said) originals.set(holder, { ...kept, [part]: { english, shown } })
  return shown
}

function inWords(english) {
  const whole = words.table.get(english.trim())
  if (whole) return whole
  const [from, to] = words.patterns.find(([pattern]) => pattern.test(english)) ?? []
  return from ? english.replace(from, to) : english
}
