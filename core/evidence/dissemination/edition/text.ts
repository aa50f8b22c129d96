import { accept, type Decision, refuse } from '../../../shared/refusals.ts'

/** A text cut at the places of its figures: `{officers}` is where the figure of that name will stand. Nobody types a number there. */
export type Piece = { readonly text: string } | { readonly figure: string }

/** Refused: `evidence.unknown-figure` {figure, allowed}. */
export function readText(text: string, names: readonly string[]): Decision<readonly Piece[]> {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(braces)) {
    const name = (match[1] ?? '').trim()
    if (!names.includes(name))
      return refuse('evidence.unknown-figure', {
        figure: name.slice(0, 60),
        allowed: names.map((each) => `{${each}}`).join(' '),
      })
    pieces.push({ text: text.slice(from, match.index) }, { figure: name })
    from = match.index + match[0].length
  }
  pieces.push({ text: text.slice(from) })
  return accept(pieces.filter((piece) => 'figure' in piece || piece.text !== ''))
}

const braces = /\{([^{}]*)\}/g
