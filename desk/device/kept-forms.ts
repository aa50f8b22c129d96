import type { Decision } from '@lentera/core/shared/refusals'
import type { MemberDevice } from './member-device.ts'

export type FormFields = Readonly<Record<string, string>>

/**
 * Lays fields over those that are kept of a form, or forgets it; of somebody whose identity is erased nothing is kept. One at a time over
 * all tabs of this device, so that what another writes into another field stays. Refused as `MemberDevice.commit`.
 */
export function keepForm(member: MemberDevice, name: string, fields: FormFields | undefined): Promise<Decision<void>> {
  return navigator.locks.request(`lentera-forms-${member.device}`, async () => {
    const before = fields && (await keptForm(member, name))
    const isKept = fields !== undefined && member.mayKeepForm(name)
    return member.commit(
      isKept ? { boxes: { [boxOf(name)]: { ...before, ...fields } } } : { drop: { boxes: [boxOf(name)] } },
    )
  })
}

export const keptForm = (member: MemberDevice, name: string): Promise<FormFields | undefined> =>
  member.store.box<FormFields>(boxOf(name))

const boxOf = (name: string): string => `form/${name}`
