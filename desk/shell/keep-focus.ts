import { useEffect } from 'react'

/**
 * The keyboard is never left at the top of the page: where what had the focus is gone or may no longer be pressed (a step of an import
 * is done, another page is shown), the nearest part around it that is still there has it, at the latest the content itself. Whoever puts
 * the focus elsewhere in the same breath comes first.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    const content = document.getElementById('content')
    if (!content) return
    let last: readonly Element[] = []
    let timer = 0
    const remember = ({ target }: FocusEvent): void => {
      last = target instanceof Element && target !== content ? within(target, content) : []
    }
    const look = (): void => {
      const [element, ...around] = last
      const isGone = element && (!element.isConnected || element.matches(':disabled'))
      if (!isGone || document.activeElement !== document.body) return
      last = []
      focusOn(around.find((each) => each.isConnected && each.matches('section, form, dialog')) ?? content)
    }
    const observer = new MutationObserver(() => {
      clearTimeout(timer)
      timer = window.setTimeout(look, afterOthers)
    })
    content.addEventListener('focusin', remember)
    observer.observe(content, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
    return () => {
      clearTimeout(timer)
      observer.disconnect()
      content.removeEventListener('focusin', remember)
    }
  }, [])
}

/** Milliseconds in which a screen sets the focus by itself. */
const afterOthers = 50

function within(element: Element, content: Element): readonly Element[] {
  const around: Element[] = []
  for (let each: Element | null = element; each && each !== content; each = each.parentElement) around.push(each)
  return around
}

/** Marked while it has the focus only because nothing better had it: a screen that leads elsewhere may take it from there. */
function focusOn(place: Element): void {
  if (!(place instanceof HTMLElement)) return
  const isFocusable = place.hasAttribute('tabindex')
  if (!isFocusable) place.setAttribute('tabindex', '-1')
  place.setAttribute('data-kept-focus', '')
  const leave = (): void => {
    place.removeAttribute('data-kept-focus')
    if (!isFocusable) place.removeAttribute('tabindex')
  }
  place.addEventListener('blur', leave, { once: true })
  place.focus({ preventScroll: true })
}
