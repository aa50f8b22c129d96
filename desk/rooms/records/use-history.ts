import type { StreamId } from '@lentera/core/shared/ids'
import { useEffect, useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { HistoryItem } from '../../device/desk.ts'

/**
 * All that was ever written in a stream, the newest first; undefined while it is read.
 *
 * @param moved read again whenever this is another
 */
export function useHistory(stream: StreamId, moved: unknown): readonly HistoryItem[] | undefined {
  const desk = useDesk()
  const [items, setItems] = useState<readonly HistoryItem[]>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what moved is the reason to read again
  useEffect(() => {
    let isHere = true
    desk.history(stream).then(
      (history) => {
        if (isHere) setItems([...history].reverse())
      },
      // Locked in between: the page goes with it.
      () => undefined,
    )
    return () => {
      isHere = false
    }
  }, [desk, stream, moved])
  return items
}
