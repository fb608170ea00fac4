// Carries two facts between this browser and the server: the chosen language (a cookie, so that it outlives
// the session, and the page's own `lang`), and which start of the server the page was drawn by.
export default function (component) {
  const { data, setTriggerValue } = component
  if (document.documentElement.lang !== data.lang) document.documentElement.lang = data.lang
  if (data.remember) document.cookie = `norma_lang=${data.lang}; path=/; max-age=31536000; SameSite=Lax`
  const before = window.__normaBoot
  window.__normaBoot = data.boot
  if (before && before !== data.boot) setTriggerValue("restarted", data.boot)
}
