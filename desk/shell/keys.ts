import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'

/** Where `g` and a second letter lead. */
const places = {
  t: '/',
  c: '/cases',
  r: '/results',
  e: '/evidence',
  d: '/device',
  m: '/members',
  s: '/training',
  a: '/awareness',
  p: '/dissemination',
  u: '/publications',
  w: '/workforce',
  l: '/livelihoods',
  v: '/stories',
  j: '/justice',
} as const

/** How long the second letter may take, in milliseconds. */
const patience = 1500

/**
 * The keys of the desk: `/` search, `n` new case, `g` and a letter to go, `?` help. Nothing happens while something is being
 * typed or a dialog is open.
 *
 * @returns whether help is shown, and the way to close it
 */
export function useKeys(hasCases: boolean): { readonly helpOpen: boolean; readonly closeHelp: () => void } {
  const navigate = useNavigate()
  const [helpOpen, setHelpOpen] = useState(false)
  const going = useRef(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return
      const since = event.timeStamp - going.current
      const isSecond = going.current > 0 && since < patience
      going.current = 0
      const place = isSecond ? Object.entries(places).find(([key]) => key === event.key)?.[1] : undefined
      if (place) {
        event.preventDefault()
        navigate({ to: place })
      } else if (event.key === 'g') going.current = event.timeStamp
      else if (event.key === '?') setHelpOpen(true)
      else if (event.key === '/' && hasCases) {
        event.preventDefault()
        navigate({ to: '/cases' }).then(focusSearch)
      } else if (event.key === 'n' && hasCases) {
        event.preventDefault()
        navigate({ to: '/cases/new' })
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [navigate, hasCases])
  return { helpOpen, closeHelp: () => setHelpOpen(false) }
}

function isTaken(target: EventTarget | null): boolean {
  return (
    document.querySelector('dialog[open], [role="dialog"]') !== null ||
    (target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]'))
  )
}

/** The page may still be on its way: tried for a second, frame by frame. */
function focusSearch(): void {
  const until = performance.now() + 1000
  const attempt = (): void => {
    const field = document.querySelector<HTMLInputElement>('main input[type="search"], main input[type="text"]')
    if (field) field.focus()
    else if (performance.now() < until) requestAnimationFrame(attempt)
  }
  attempt()
}
