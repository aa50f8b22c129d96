import type { CompiledMessage, CompiledToken } from './catalogue.ts'

/**
 * The placeholders of a compiled message with what is done to each: `count plural`, `name`. A translation must have
 * the same set as its English; which plural cases it has is its own affair, languages differ there.
 */
export function placeholdersOf(message: CompiledMessage): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (token: CompiledToken): void => {
    if (typeof token === 'string') return
    const [name, type, format] = token
    found.add(type === undefined ? name : `${name} ${type}`)
    if (typeof format !== 'object') return
    for (const branch of Object.values(format)) {
      // A branch of plural and select is again a message; `offset` beside them is a number or absent.
      if (Array.isArray(branch)) for (const inner of branch) visit(inner as CompiledToken)
    }
  }
  for (const token of message) visit(token)
  return found
}

/** The values a `select` may take in this message: `{kind, select, health {...} other {...}}` gives `kind health`. */
export function choicesOf(message: CompiledMessage): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (token: CompiledToken): void => {
    if (typeof token === 'string' || typeof token[2] !== 'object') return
    const [name, type, format] = token
    for (const [key, branch] of Object.entries(format)) {
      if (!Array.isArray(branch)) continue
      if (type === 'select') found.add(`${name} ${key}`)
      for (const inner of branch) visit(inner as CompiledToken)
    }
  }
  for (const token of message) visit(token)
  return found
}
