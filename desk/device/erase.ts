import type { StreamId } from '@lentera/core/shared/ids'
import { boxesOfForms } from './kept-forms.ts'
import { listBoxes } from './kept-list.ts'
import type { Change, Store, Waiting } from './store.ts'

/**
 * The change by which these cases are erased on this device: with it go the wrapped keys that waited here or were to be sent,
 * what was being typed into their forms, and the list that showed a name. The keyring comes with the change.
 */
export async function erased(store: Store, streams: readonly StreamId[], change: Change): Promise<Change> {
  const gone = new Set(streams)
  const withoutKeys = (each: Waiting): Waiting => (gone.has(each.stream) ? { ...each, keys: [] } : each)
  const written = new Set(change.outbox?.map(({ place }) => place))
  const left = new Set(change.drop?.outbox)
  const holding = (await store.outbox()).filter(
    ({ place, stream, keys }) => gone.has(stream) && keys.length > 0 && !written.has(place) && !left.has(place),
  )
  const wraps = (await store.wraps()).filter(({ stream }) => gone.has(stream))
  const forms = await boxesOfForms(store, streams)
  return {
    ...change,
    outbox: [...(change.outbox ?? []), ...holding].map(withoutKeys),
    wraps: (change.wraps ?? []).filter(({ stream }) => !gone.has(stream)),
    drop: {
      ...change.drop,
      wraps: [...(change.drop?.wraps ?? []), ...wraps.map(({ wrapped }) => wrapped.hash)],
      boxes: [...(change.drop?.boxes ?? []), ...listBoxes, ...forms],
    },
  }
}
