import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { Keyring } from '@lentera/sealed/open'
import { toBase64Url } from '@lentera/sealed/verify'
import { aboutNobody, isOfPerson, withChain } from './capture.ts'
import { listBoxes } from './kept-list.ts'
import { type MemberDevice, withList } from './member-device.ts'
import type { Waiting } from './store.ts'

/**
 * Forgets every case and person link of this device, their keys before all, the list, what was being typed, and how far was
 * fetched. From then on it holds none until `bringBack`. The browser's own files still hold what was written over: lock the
 * device and write its store anew behind this (`rewriteStore`).
 *
 * Refused: `desk.unsent-would-be-lost` where entries of them have not been sent, unless told to lose them.
 */
export function beginTravel(member: MemberDevice, losingUnsent: boolean): Promise<Decision<void>> {
  const { store, storeKey } = member
  // Nothing is fetched, written or listed meanwhile, in any tab.
  return navigator.locks.request(`lentera-exchange-${member.device}`, () =>
    withChain(member, async () => {
      const lost = (await store.outbox()).filter(({ kind }: Waiting) => isOfPerson(kind))
      if (lost.length > 0 && !losingUnsent) return refuse('desk.unsent-would-be-lost', { count: lost.length })
      let done: Decision<void> = refuse('desk.locked-meanwhile')
      await withList(member, async () => {
        const keyring = new Keyring()
        if (member.keyring.device) keyring.setDevice(member.keyring.device)
        const kept = await store.streams(await store.streamIds())
        const stay = new Set(kept.filter(({ noun }) => aboutNobody.has(noun)).map(({ stream }) => stream))
        const gone = (await store.namedStreams()).filter((stream) => !stay.has(stream))
        done = await store.commit({
          boxes: { keyring: toBase64Url(await keyring.save(storeKey)), travel: true, rewrite: true, hasAll: false },
          drop: {
            boxes: [...listBoxes, ...(await store.boxNames('form')), 'fetched', 'erased'],
            outbox: lost.map(({ place }) => place),
          },
        })
        if (done.ok) done = await store.commit({ drop: { streams: gone } })
        if (done.ok) member.hasAll = false
      })
      return done
    }),
  )
}

/** Ends the journey: the next exchange fetches everything anew, and checks it. */
export async function endTravel(member: MemberDevice): Promise<Decision<void>> {
  const ended = await member.commit({ drop: { boxes: ['travel', 'fetched'] } })
  if (ended.ok) await member.readTravel()
  return ended.ok ? accept(undefined) : ended
}
