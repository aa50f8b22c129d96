import type { Country } from '@lentera/core/shared/places'
import type { Founding, FoundingPlan } from '../../device/desk.ts'

/** What was typed on the way, in memory only. */
export type Answers = {
  readonly organisationName: string
  readonly programmeName: string
  readonly country: Country | null
  readonly zone: string
  readonly label: string
  readonly login: string
  readonly passphrase: string
  readonly again: string
  readonly memberLabel: string
  readonly memberTeam: string
  readonly memberLogin: string
}

export const noAnswers: Answers = {
  organisationName: '',
  programmeName: '',
  country: null,
  zone: '',
  label: '',
  login: '',
  passphrase: '',
  again: '',
  memberLabel: '',
  memberTeam: '',
  memberLogin: '',
}

export type StepProps = {
  readonly setup: string
  readonly answers: Answers
  readonly founding: Founding | undefined
  readonly recoveryCode: string | undefined
  readonly change: (some: Partial<Answers>) => void
  readonly onFounding: (founding: Founding | undefined) => void
  readonly onFounded: (recoveryCode: string) => void
  readonly onBegin: () => void
  readonly onBack: (() => void) | undefined
  readonly onNext: () => void
}

export const planOf = ({ organisationName, programmeName, country, zone }: Answers): FoundingPlan => ({
  organisationName,
  programmeName,
  country,
  zone,
})

/** IANA zones of the programme's countries; the first is the capital's. Source: tz database, zone.tab. */
export const zones: Readonly<Record<Country, readonly [string, ...string[]]>> = {
  BN: ['Asia/Brunei'],
  ID: ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura', 'Asia/Pontianak'],
  KH: ['Asia/Phnom_Penh'],
  LA: ['Asia/Vientiane'],
  MM: ['Asia/Yangon'],
  MY: ['Asia/Kuala_Lumpur', 'Asia/Kuching'],
  PH: ['Asia/Manila'],
  SG: ['Asia/Singapore'],
  TH: ['Asia/Bangkok'],
  TL: ['Asia/Dili'],
  VN: ['Asia/Ho_Chi_Minh'],
}
