import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import { officerCode } from '@lentera/core/shared/person-codes'
import type { Certificate, NationalTrainer } from '@lentera/core/training/trainer/project'
import { standingOf } from '@lentera/core/training/trainer/project'
import type { Certifier } from '@lentera/core/training/trainer/words'
import { lastDayOf, soonDays } from '@lentera/core/training/trainer/words'
import type { Translate } from '@lentera/ui/catalogues/text'
import type { Formats } from '@lentera/ui/parts'
import { type Projected, useDesk, useSnapshot } from '../../../device/context.ts'

export type Trainer = Projected<NationalTrainer>

/** The day on which it is looked at: what stands, stands today. */
export function useToday(): CivilDate {
  const desk = useDesk()
  return desk.moment().today
}

export const useIsTrainer = (): boolean => useSnapshot(({ me }) => me?.roles.includes('trainer') === true)

export const sayCertifier = (by: Certifier | undefined, t: Translate): string =>
  by === undefined ? t('results.unsettled') : by === 'founding-trainers' ? t('trainers.founding') : officerCode(by)

/** Which text she may teach: module, version, language. */
export const sayTeaches = ({ module, moduleVersion, language }: Certificate, t: Translate): string =>
  [
    module ? t(`module.${module}`) : t('results.unsettled'),
    t('trainers.version-short', { version: moduleVersion ?? t('results.unsettled') }),
    language ? t(`language.${language}`) : t('results.unsettled'),
  ].join(', ')

/** Until when, or since when not, as of today. */
export function sayStanding(certificate: Certificate, today: CivilDate, t: Translate, format: Formats): string {
  const { certifiedOn, lapsed } = certificate
  switch (standingOf(certificate, today)) {
    case 'standing':
      return t('trainers.stands-until', { day: format.date(lastDayOf(certifiedOn)) })
    case 'ended':
      return t('trainers.ended-on', { day: format.date(lastDayOf(certifiedOn)) })
    case 'lapsed':
      return t('trainers.lapsed-on', {
        day: format.date(lapsed?.on ?? certifiedOn),
        why: lapsed?.why ? t(`lapse-reason.${lapsed.why}`) : t('results.unsettled'),
      })
    case 'not-yet':
      return t('trainers.stands-from', { day: format.date(certifiedOn) })
    case 'in-error':
      return t('support.entered-in-error')
  }
}

export const isStanding = (certificate: Certificate, today: CivilDate): boolean =>
  standingOf(certificate, today) === 'standing'

/** Those of her certificates that stand, and end before somebody has planned who renews them. */
export const endingSoon = (
  { enteredInError, certificates }: NationalTrainer,
  today: CivilDate,
): readonly Certificate[] =>
  enteredInError
    ? []
    : certificates.filter(
        (each) => isStanding(each, today) && lastDayOf(each.certifiedOn) <= daysAfter(today, soonDays),
      )

/** Sessions she co-led or led. */
export const sessionsLed = ({ steps }: NationalTrainer): number =>
  steps.filter(({ step, enteredInError }) => !enteredInError && (step === 'led' || step === 'co-led')).length
