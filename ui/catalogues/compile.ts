import { formatter, parsePoFile } from '@lingui/format-po'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import type { CatalogueState, CompiledFile, CompiledMessage, CompiledToken } from './catalogue.ts'

/** Explicit ids (`msgid "today.title"`), no source positions: a diff of a catalogue shows words and nothing else. */
export const poFormat = formatter({ explicitIdAsDefault: true, origins: false, printPlaceholdersInComments: false })

/** The translations of a `.po` text by id, as written; an empty one is a missing one and is left out. */
export function readMessages(po: string): ReadonlyMap<string, string> {
  const messages = new Map<string, string>()
  for (const item of parsePoFile(po).items) {
    const text = item.msgstr[0]
    if (item.msgid !== '' && text !== undefined && text !== '' && !item.obsolete) messages.set(item.msgid, text)
  }
  return messages
}

/** Every message compiled. Throws with id and reason where a text is not well-formed ICU: the build stops there. */
export function compilePo(po: string): CompiledFile {
  const messages: Record<string, CompiledMessage> = {}
  for (const [id, text] of readMessages(po)) {
    try {
      // Lingui types its tokens as unknown[]; their shape is the one `CompiledToken` describes (compileMessage.mjs).
      const message = compileMessageOrThrow(text) as CompiledMessage
      ensureOther(message)
      messages[id] = message
    } catch (error) {
      throw new SyntaxError(`${id}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return { messages, state: readState(po) }
}

/** `X-State: source | draft | reviewed`; a reviewed file names the reviewer and the day. Anything else is a draft. */
export function readState(po: string): CatalogueState {
  const { headers } = parsePoFile(po)
  const { 'X-State': state, 'X-Reviewed-By': by, 'X-Reviewed-On': on } = headers
  if (state === 'source') return { kind: 'source' }
  if (state === 'reviewed' && by && on) return { kind: 'reviewed', by, on }
  return { kind: 'draft' }
}

/** The parser lets a plural or select without `other` pass, and the screen would show nothing where no case fits. */
function ensureOther(message: CompiledMessage): void {
  for (const token of message) {
    if (typeof token === 'string' || typeof token[2] !== 'object') continue
    const [name, type, branches] = token
    if (type === 'date' || type === 'time' || type === 'number') continue
    if (!Object.hasOwn(branches, 'other')) throw new SyntaxError(`{${name}, ${type}} has no case "other"`)
    for (const branch of Object.values(branches)) {
      // Beside the branches stands only `offset`, a number or undefined.
      if (Array.isArray(branch)) ensureOther(branch as readonly CompiledToken[])
    }
  }
}
