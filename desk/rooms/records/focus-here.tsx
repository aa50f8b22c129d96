import { type ReactNode, useEffect, useRef } from 'react'

/**
 * A form that opens in place of a button takes the focus with it, and gives it back to its section when it goes: the
 * keyboard is never left at the top of the page.
 */
export function FocusHere({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const here = place.current
    const around = here?.parentElement?.closest('section, main')
    const chosen = here?.querySelector<HTMLElement>('input:checked') ?? here?.querySelector<HTMLElement>(fields)
    chosen?.focus()
    return () => {
      // After the button stands again where the form stood.
      setTimeout(() => {
        if (document.activeElement === document.body) around?.querySelector('button')?.focus()
      })
    }
  }, [])
  return <div ref={place}>{children}</div>
}

const fields = 'input:not([type=hidden]), textarea, select'
