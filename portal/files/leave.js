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

// Shown again from the browser's memory: she had left, so leave again.
addEventListener('pageshow', (event) => {
  if (event.persisted && document.documentElement.hidden) leave()
})
