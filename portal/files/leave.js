// The way out: one touch, or the Shift key three times within five seconds. The page is blanked at once, since the next
// one may be slow to come, and is replaced, so that "back" does not lead here.
const way = document.getElementById('leave')

function leave() {
  document.documentElement.hidden = true
  document.title = ' '
  location.replace(way.href)
}

way.addEventListener('click', (event) => {
  event.preventDefault()
  leave()
})

let presses = []
addEventListener('keyup', (event) => {
  if (event.key !== 'Shift') {
    presses = []
    return
  }
  const now = Date.now()
  presses = [...presses.filter((press) => now - press < 5000), now]
  if (presses.length === 3) leave()
})

// However many of these pages she reads, they are one step of the browser's history: "back" leads to where she was before,
// from each of them, and after leaving too.
addEventListener('click', (event) => {
  const link = event.target.closest('a')
  const asked = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
  if (event.defaultPrevented || asked || !link || link.origin !== location.origin) return
  event.preventDefault()
  location.replace(link.href)
})

// A form only writes an address: that page, too, takes this one's place.
addEventListener('submit', (event) => {
  event.preventDefault()
  const chosen = [...new FormData(event.target)].filter(([, value]) => value)
  location.replace(`${event.target.action}?${new URLSearchParams(chosen)}`)
})

// Shown again from the browser's memory: she had left, so leave again.
addEventListener('pageshow', (event) => {
  if (event.persisted && document.documentElement.hidden) leave()
})
