import type { Entry } from '@lentera/core/log/entry'
import type { EntryId, StreamId } from '@lentera/core/shared/ids'
import { openAll } from './caseload.ts'
import type { HistoryItem } from './desk.ts'
import { entryOf, type MemberDevice } from './member-device.ts'

/** Every entry of a case with its sealed fields opened, what builds on another after it; the refused among them. */
export async function historyOf(member: MemberDevice, stream: StreamId): Promise<readonly HistoryItem[]> {
  const kept = (await member.store.entriesOf(stream)).filter(({ unbelieved }) => !unbelieved)
  const waiting = member.waiting.filter((each) => each.stream === stream)
  const known = new Set<string>(kept.map(({ id }) => id))
  const refused = waiting.filter(({ id, state }) => !known.has(id) && state !== 'waiting')
  const entries = inOrder([...kept, ...refused].map(entryOf))
  const states = new Map<EntryId, HistoryItem['state']>(
    waiting.map(({ id, state }) => [id, state === 'waiting' ? 'unsent' : state === 'quarantined' ? state : 'refused']),
  )
  const labels = new Map(member.trust.colleagues.map((colleague) => [colleague.member, colleague.label]))
  const { programme } = member.me
  const places = entries.flatMap((entry) =>
    Object.entries(entry.sealed).map(([field, envelope]) => ({
      programme,
      stream,
      entry: entry.id,
      author: entry.author,
      field,
      envelope,
    })),
  )
  const values = await openAll(member.keyring, places)
  const opened = new Map<EntryId, Record<string, string | undefined>>(entries.map(({ id }) => [id, {}]))
  for (const [i, { entry, field }] of places.entries()) {
    const fields = opened.get(entry)
    if (fields) fields[field] = values[i]
  }
  return entries.map((entry) => {
    const fields = opened.get(entry.id) ?? {}
    const at = Object.entries(fields).find(([field, value]) => (field === 'at' || field.endsWith('At')) && value)?.[1]
    return { entry, author: labels.get(entry.author) ?? '', at, opened: fields, state: states.get(entry.id) ?? 'sent' }
  })
}

/** What an entry builds on comes before it; between those that know nothing of each other the id decides. */
function inOrder(entries: readonly Entry[]): Entry[] {
  const waiting = new Map(entries.map((entry) => [entry.id, entry]))
  const ordered: Entry[] = []
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ parents }) => !parents.some((parent) => waiting.has(parent)))
    // Forged entries might name each other in a circle: they come last, as they are.
    const next = ready.length > 0 ? ready.sort((a, b) => (a.id < b.id ? -1 : 1)) : [...waiting.values()]
    for (const entry of next) {
      ordered.push(entry)
      waiting.delete(entry.id)
    }
  }
  return ordered
}
