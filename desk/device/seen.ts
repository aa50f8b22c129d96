import type { EntryId, StreamId } from '@lentera/core/shared/ids'
import type { Seen, Snapshot } from './desk.ts'
import type { KeptStream } from './store.ts'

type Heads = readonly (readonly [StreamId, readonly EntryId[]])[]

/**
 * What is on the screen now. What an exchange brought stands in `kept` before it is opened and shown, with many streams for seconds: of what the screen
 * itself knows how far it is, that counts.
 */
export function seenOn(
  { officers, posts, streams }: Pick<Snapshot, 'officers' | 'posts' | 'streams'>,
  kept: ReadonlyMap<StreamId, Pick<KeptStream, 'state'>>,
): Seen {
  const rows: Heads = streams.map(({ stream, state }) => [stream, state.heads])
  const opened: Heads = [...officers, ...posts].map(({ stream, heads }) => [stream, heads])
  const shown = new Map([...rows, ...opened])
  const others = new Map(kept)
  return (stream) => shown.get(stream) ?? others.get(stream)?.state.heads
}
