// What only the browser can do for the frame: keep the chosen language (a cookie, so that it outlives the
// session), tell assistive technology the page's language, put Streamlit's own English words into it, and
// say so when the server was started anew.

const NOTICE_MS = 20_000
const words = { table: new Map(), patterns: [] }
const originals = new WeakMap()
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
      else change.addedNodes.forEach(translate)
    }
  })
  watching.observe(document.body, { childList: true, characterData: true, subtree: true })
  return watching
}

function translate(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  if (root.nodeType === Node.TEXT_NODE) put(root)
  while (texts.nextNode()) put(texts.currentNode)
}

function put(node) {
  const kept = originals.get(node)
  const english = kept && kept.shown === node.data ? kept.english : node.data
  const shown = inWords(english)
  if (shown === node.data) return
  originals.set(node, { english, shown })
  node.data = shown
}

function inWords(english) {
  const whole = words.table.get(english.trim())
  if (whole) return whole
  const [from, to] = words.patterns.find(([pattern]) => pattern.test(english)) ?? []
  return from ? english.replace(from, to) : english
}
