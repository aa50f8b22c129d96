import { StreamId } from '@lentera/core/shared/ids'
import type { Decision } from '@lentera/core/shared/refusals'
import type { MemberDevice } from './member-device.ts'
import type { Store } from './store.ts'

export type FormFields = Readonly<Record<string, string>>

/**
 * Lays fields over those that are kept of a form, or forgets it; of somebody whose identity is erased nothing is kept. One at a time over
 * all tabs of this device, so that what another writes into another field stays. What a form is for is told by its name, so that the name is
 * sealed as well: in the clear stand a random id, and that of the stream it is about. Refused as `MemberDevice.commit`.
 */
export function keepForm(member: MemberDevice, name: string, fields: FormFields | undefined): Promise<Decision<void>> {
  return navigator.locks.request(`lentera-forms-${member.device}`, async () => {
    const { store } = member
    const names = await namesOf(store)
    const known = names[name]
    if (fields === undefined || !member.mayKeepForm(name)) {
      const { [name]: _, ...others } = names
      const drop = { boxes: [...(known ? [known] : []), boxBefore(name)] }
      return member.commit({ ...(known ? { boxes: { [namesBox]: others } } : {}), drop })
    }
    const before = await keptForm(member, name)
    const box = known ?? `${startOf(streamOf(name))}${crypto.randomUUID()}`
    return member.commit({
      boxes: { [box]: { ...before, ...fields }, ...(known ? {} : { [namesBox]: { ...names, [name]: box } }) },
      ...(known ? {} : { drop: { boxes: [boxBefore(name)] } }),
    })
  })
}

export async function keptForm({ store }: MemberDevice, name: string): Promise<FormFields | undefined> {
  const known = (await namesOf(store))[name]
  return (known ? await store.box<FormFields>(known) : undefined) ?? store.box<FormFields>(boxBefore(name))
}

/** The boxes of what is typed about these streams. */
export async function boxesOfForms(store: Store, streams: readonly StreamId[]): Promise<readonly string[]> {
  const isGone = (stream: StreamId | undefined): boolean => stream !== undefined && streams.includes(stream)
  const named = Object.entries(await namesOf(store)).filter(([name]) => isGone(streamOf(name)))
  const before = (await store.boxNames('form/')).filter((box) => isGone(streamOf(box)))
  const kept = await Promise.all(streams.map((stream) => store.boxNames(startOf(stream))))
  return [...new Set([...named.map(([, box]) => box), ...before, ...kept.flat()])]
}

/** The stream that a form is about stands first of what its name names. */
export const streamOf = (name: string): StreamId | undefined =>
  name.split(' ').flatMap((word) => StreamId.safeParse(word).data ?? [])[0]

/** Which box holds which form. */
const namesBox = 'forms'
const namesOf = async (store: Store): Promise<Readonly<Record<string, string>>> =>
  (await store.box<Readonly<Record<string, string>>>(namesBox)) ?? {}

const startOf = (stream: StreamId | undefined): string => `form/${stream ?? ''}/`

/** As a form was kept before names were sealed. */
const boxBefore = (name: string): string => `form/${name}`
