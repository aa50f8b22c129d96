import { type FocusEvent, type KeyboardEvent, type RefObject, useState } from 'react'

/**
 * A table of fields as one tab stop (WAI-ARIA Authoring Practices, grid): arrow keys, Home, End, Page Up and Page Down go from cell
 * to cell and change nothing; Enter, F2 or the space bar opens the field, and a letter or a digit chooses at once, as in any such
 * field. Cells carry `data-cell`: the officer and the day.
 */
export function useGrid(table: RefObject<HTMLTableElement | null>) {
  const [stop, setStop] = useState<string>()
  const [isOpen, setOpen] = useState(false)
  const rows = (): readonly HTMLElement[][] =>
    [...(table.current?.rows ?? [])]
      .map((row) => [...row.querySelectorAll<HTMLElement>('[data-cell]')])
      .filter((cells) => cells.length > 0)

  function onKeyDown(event: KeyboardEvent<HTMLTableElement>): void {
    const { target, key, ctrlKey, altKey } = event
    if (!(target instanceof HTMLSelectElement) || altKey) return
    if (isOpen) {
      if (key === 'Escape' || key === 'Enter' || key === 'Tab') setOpen(false)
      return
    }
    if (key === 'Enter' || key === 'F2' || key === ' ') {
      event.preventDefault()
      setOpen(true)
      target.showPicker()
      return
    }
    const all = rows()
    const row = all.findIndex((cells) => cells.includes(target))
    const size = { rows: all.length, days: all[row]?.length ?? 0 }
    const to = placeAfter(key, ctrlKey, { row, day: all[row]?.indexOf(target) ?? 0 }, size)
    if (!to) return
    event.preventDefault()
    all[to.row]?.[to.day]?.focus()
  }

  return {
    /** The cell that the tab key reaches: the last that had the focus, or the first of those that are there. */
    stopIn: (cells: readonly string[]): string | undefined =>
      stop !== undefined && cells.includes(stop) ? stop : cells[0],
    onTable: {
      onKeyDown,
      onFocus: ({ target }: FocusEvent<HTMLTableElement>) => {
        setStop(target.dataset.cell)
        setOpen(false)
      },
      onChange: () => setOpen(false),
    },
  }
}

type Place = { readonly row: number; readonly day: number }

/** Undefined for a key that goes nowhere. Page Up and Page Down go a week; `isFar`: Home and End go to the first and the last of all. */
export function placeAfter(
  key: string,
  isFar: boolean,
  { row, day }: Place,
  { rows, days }: { readonly rows: number; readonly days: number },
): Place | undefined {
  const at = (toRow: number, toDay: number): Place => ({
    row: Math.min(rows - 1, Math.max(0, toRow)),
    day: Math.min(days - 1, Math.max(0, toDay)),
  })
  switch (key) {
    case 'ArrowLeft':
      return at(row, day - 1)
    case 'ArrowRight':
      return at(row, day + 1)
    case 'ArrowUp':
      return at(row - 1, day)
    case 'ArrowDown':
      return at(row + 1, day)
    case 'PageUp':
      return at(row, day - 7)
    case 'PageDown':
      return at(row, day + 7)
    case 'Home':
      return at(isFar ? 0 : row, 0)
    case 'End':
      return at(isFar ? rows - 1 : row, days - 1)
    default:
      return undefined
  }
}
