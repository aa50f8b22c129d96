import type { Country } from '@lentera/core/shared/places'
import type { Role } from '@lentera/core/shared/roles'

/** The demonstration's places and people, all invented. Passphrases are public: they open nothing that is anybody's. */
export type Post = {
  readonly login: string
  readonly label: string
  readonly roles: readonly Role[]
  readonly inTeam: boolean
  /** In a team of its own name, which sees no case. */
  readonly ownTeam?: string
}

export type DemonstrationPlace = {
  readonly programme: string
  readonly country: Country | null
  readonly zone: string
  readonly organisation: string
  readonly team: string
  readonly posts: readonly Post[]
  /** How many invented cases its caseworkers hold, before the last cut-off and after it. */
  readonly cases: { readonly before: number; readonly after: number }
}

const caseworker = (login: string, label: string): Post => ({ login, label, roles: ['caseworker'], inTeam: true })

export const places: readonly DemonstrationPlace[] = [
  {
    programme: 'Cambodia',
    country: 'KH',
    zone: 'Asia/Phnom_Penh',
    organisation: 'Rumduol shelter (invented)',
    team: 'Casework',
    posts: [
      caseworker('caseworker.kh', 'Caseworker, Cambodia'),
      { login: 'supervisor.kh', label: 'Supervisor, Cambodia', roles: ['supervisor'], inTeam: true },
      { login: 'manager.kh', label: 'Programme manager, Cambodia', roles: ['manager'], inTeam: false },
      {
        login: 'protection.kh',
        label: 'Data protection officer, Cambodia',
        roles: ['protection-officer'],
        inTeam: false,
      },
      { login: 'trainer.kh', label: 'Trainer, Cambodia', roles: ['trainer'], inTeam: false },
      {
        login: 'livelihoods.kh',
        label: 'Livelihoods officer, Cambodia',
        roles: ['livelihoods-officer'],
        inTeam: false,
        ownTeam: 'Livelihoods',
      },
    ],
    cases: { before: 24, after: 2 },
  },
  {
    programme: 'Cambodia',
    country: 'KH',
    zone: 'Asia/Phnom_Penh',
    organisation: 'Lotus clinic (invented)',
    team: 'Casework',
    posts: [caseworker('clinic.kh', 'Caseworker of the clinic, Cambodia')],
    cases: { before: 9, after: 0 },
  },
  {
    programme: 'Cambodia',
    country: 'KH',
    zone: 'Asia/Phnom_Penh',
    organisation: 'Border agency (invented)',
    team: 'Gender',
    posts: [{ login: 'focal-point.kh', label: 'Gender focal point, Cambodia', roles: ['focal-point'], inTeam: false }],
    cases: { before: 0, after: 0 },
  },
  {
    programme: 'Myanmar',
    country: 'MM',
    zone: 'Asia/Yangon',
    organisation: 'Padauk house (invented)',
    team: 'Casework',
    posts: [
      caseworker('caseworker.mm', 'Caseworker, Myanmar'),
      { login: 'trainer.mm', label: 'Trainer, Myanmar', roles: ['trainer'], inTeam: false },
      { login: 'manager.mm', label: 'Programme manager, Myanmar', roles: ['manager'], inTeam: false },
    ],
    cases: { before: 15, after: 1 },
  },
  {
    programme: 'Thailand',
    country: 'TH',
    zone: 'Asia/Bangkok',
    organisation: 'Jasmine house (invented)',
    team: 'Casework',
    posts: [
      caseworker('caseworker.th', 'Caseworker, Thailand'),
      { login: 'trainer.th', label: 'Trainer, Thailand', roles: ['trainer'], inTeam: false },
      { login: 'manager.th', label: 'Programme manager, Thailand', roles: ['manager'], inTeam: false },
    ],
    cases: { before: 14, after: 0 },
  },
  {
    programme: 'Regional office',
    country: null,
    zone: 'Asia/Bangkok',
    organisation: 'Regional office (invented)',
    team: 'Region',
    posts: [
      { login: 'steward', label: 'Data steward, region', roles: ['steward'], inTeam: false },
      { login: 'manager.region', label: 'Regional manager', roles: ['regional-manager'], inTeam: false },
    ],
    cases: { before: 0, after: 0 },
  },
]

export const passphraseOf = (login: string): string => `demonstration ${login}`

/** As the server shows it on the sign-in page of a database flagged as a demonstration. */
export const cast = places.flatMap(({ programme, posts }) =>
  posts.map(({ login, label, roles }) => ({
    login,
    passphrase: passphraseOf(login),
    label,
    programmeName: programme,
    roles,
  })),
)
