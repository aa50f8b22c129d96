import { eraseOfficer } from '@lentera/core/workforce/officer/capture'
import { useText } from '@lentera/ui/parts'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { OpenedOfficer } from '../../../device/desk.ts'
import { IdentityErasure } from '../../records/erasure.tsx'

/** What is said of erasing an officer from the register, and of the plans and rosters that are kept with her in them. */
export function OfficerErasure({ of }: { readonly of: OpenedOfficer }) {
  const t = useText()
  const desk = useDesk()
  const { coverPlans, rosters } = useSnapshot()
  const { stream, officer, said, code } = of
  const plans = coverPlans.filter(
    ({ said: { drawn = '', page = '' } }) =>
      drawn.includes(stream) || (said.number !== undefined && page.includes(JSON.stringify(said.number))),
  )
  const kept = {
    plans: plans.length,
    rosters: rosters.filter(({ said: { duties } }) => duties !== undefined && stream in duties).length,
  }
  return (
    <IdentityErasure
      code={code}
      erased={officer.erased}
      erase={(reason) => eraseOfficer(of, reason, desk.moment())}
      says={{
        title: t('register.erasure'),
        who: t('register.erasure.who'),
        ask: t('register.erasure.ask'),
        before: [
          t('register.erasure.goes'),
          t('register.erasure.stays'),
          t('register.erasure.kept', kept),
          t('register.erasure.list'),
          t('support.erasure.offline'),
        ],
        left: t('register.erasure.left'),
        code: t('register.erasure.code', { code }),
      }}
    />
  )
}
