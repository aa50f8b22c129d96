import type { Country } from '@lentera/core/shared/places'
import type { Role } from '@lentera/core/shared/roles'

/** The demonstration's places and people, all invented. Passphrases are public: they open nothing that is anybody's. */
export type Post = {
  readonly login: string
  readonly label: string
  readonly roles: readonly Role[]
  /** Which of the organisation's teams she is in; none where she needs none. */
  readonly team?: string
}

export type DemonstrationOrganisation = {
  readonly programme: string
  readonly country: Country | null
  readonly zone: string
  readonly organisation: string
  readonly teams: readonly string[]
  readonly posts: readonly Post[]
}

const casework = 'Casework'
const livelihoods = 'Livelihoods'
/** Those of an agency to whom its register of posts and officers is sealed. */
const gender = 'Gender'

const caseworker = (login: string, label: string): Post => ({ login, label, roles: ['caseworker'], team: casework })
const supervisor = (login: string, label: string): Post => ({ login, label, roles: ['supervisor'], team: casework })
const manager = (login: string, label: string): Post => ({ login, label, roles: ['manager'] })
const trainer = (login: string, label: string): Post => ({ login, label, roles: ['trainer'] })
const livelihoodsOfficer = (login: string, label: string): Post => ({
  login,
  label,
  roles: ['livelihoods-officer'],
  team: livelihoods,
})
/** The agency at the crossings, where the programme's own house is no agency: its officers are sealed to it alone. */
const agency = (programme: string, country: Country, zone: string): DemonstrationOrganisation => ({
  programme,
  country,
  zone,
  organisation: `Border agency, ${programme} (invented)`,
  teams: [gender],
  posts: [
    {
      login: `agency.${country.toLowerCase()}`,
      label: `Gender focal point of the border agency, ${programme}`,
      roles: ['focal-point'],
      team: gender,
    },
  ],
})

/** In a small programme one person does what three do elsewhere. */
const small = (programme: string, country: Country, zone: string, organisation: string): DemonstrationOrganisation => ({
  programme,
  country,
  zone,
  organisation,
  teams: ['Programme'],
  posts: [
    {
      login: `manager.${country.toLowerCase()}`,
      label: `Programme manager, ${programme}`,
      roles: ['manager', 'trainer', 'focal-point'],
      team: 'Programme',
    },
  ],
})

export const organisations: readonly DemonstrationOrganisation[] = [
  {
    programme: 'Cambodia',
    country: 'KH',
    zone: 'Asia/Phnom_Penh',
    organisation: 'Rumduol shelter (invented)',
    teams: [casework, livelihoods],
    posts: [
      caseworker('caseworker.kh', 'Caseworker, Cambodia'),
      supervisor('supervisor.kh', 'Supervisor, Cambodia'),
      manager('manager.kh', 'Programme manager, Cambodia'),
      { login: 'protection.kh', label: 'Data protection officer, Cambodia', roles: ['protection-officer'] },
      trainer('trainer.kh', 'Trainer, Cambodia'),
      livelihoodsOfficer('livelihoods.kh', 'Livelihoods officer, Cambodia'),
    ],
  },
  {
    programme: 'Cambodia',
    country: 'KH',
    zone: 'Asia/Phnom_Penh',
    organisation: 'Lotus clinic (invented)',
    teams: [casework],
    posts: [caseworker('clinic.kh', 'Caseworker of the clinic, Cambodia')],
  },
  {
    programme: 'Cambodia',
    country: 'KH',
    zone: 'Asia/Phnom_Penh',
    organisation: 'Border agency (invented)',
    teams: [gender],
    posts: [
      { login: 'focal-point.kh', label: 'Gender focal point, Cambodia', roles: ['focal-point'], team: gender },
      { login: 'officer.kh', label: 'Front-line officer, Cambodia', roles: ['front-line-officer'] },
    ],
  },
  {
    programme: 'Cambodia',
    country: 'KH',
    zone: 'Asia/Phnom_Penh',
    organisation: 'Women of the villages, Cambodia (invented)',
    teams: [livelihoods],
    posts: [livelihoodsOfficer('outreach.kh', 'Outreach worker, Cambodia')],
  },
  {
    programme: 'Myanmar',
    country: 'MM',
    zone: 'Asia/Yangon',
    organisation: 'Padauk house (invented)',
    teams: [casework, livelihoods],
    posts: [
      caseworker('caseworker.mm', 'Caseworker, Myanmar'),
      supervisor('supervisor.mm', 'Supervisor, Myanmar'),
      { login: 'trainer.mm', label: 'Trainer, Myanmar', roles: ['trainer', 'focal-point'] },
      livelihoodsOfficer('livelihoods.mm', 'Livelihoods officer, Myanmar'),
      manager('manager.mm', 'Programme manager, Myanmar'),
    ],
  },
  {
    programme: 'Myanmar',
    country: 'MM',
    zone: 'Asia/Yangon',
    organisation: 'Tazin legal aid (invented)',
    teams: [casework],
    posts: [caseworker('legal-aid.mm', 'Caseworker of the legal aid, Myanmar')],
  },
  {
    programme: 'Myanmar',
    country: 'MM',
    zone: 'Asia/Yangon',
    organisation: 'Women of the villages, Myanmar (invented)',
    teams: [livelihoods],
    posts: [livelihoodsOfficer('outreach.mm', 'Outreach worker, Myanmar')],
  },
  {
    programme: 'Thailand',
    country: 'TH',
    zone: 'Asia/Bangkok',
    organisation: 'Jasmine house (invented)',
    teams: [casework, livelihoods],
    posts: [
      caseworker('caseworker.th', 'Caseworker, Thailand'),
      supervisor('supervisor.th', 'Supervisor, Thailand'),
      { login: 'trainer.th', label: 'Trainer, Thailand', roles: ['trainer', 'focal-point'] },
      livelihoodsOfficer('livelihoods.th', 'Livelihoods officer, Thailand'),
      manager('manager.th', 'Programme manager, Thailand'),
    ],
  },
  {
    programme: 'Thailand',
    country: 'TH',
    zone: 'Asia/Bangkok',
    organisation: 'Women of the villages, Thailand (invented)',
    teams: [livelihoods],
    posts: [livelihoodsOfficer('outreach.th', 'Outreach worker, Thailand')],
  },
  agency('Myanmar', 'MM', 'Asia/Yangon'),
  agency('Thailand', 'TH', 'Asia/Bangkok'),
  small('Lao PDR', 'LA', 'Asia/Vientiane', 'Champa academy (invented)'),
  small('Philippines', 'PH', 'Asia/Manila', 'Sampaguita academy (invented)'),
  small('Malaysia', 'MY', 'Asia/Kuala_Lumpur', 'Bunga raya academy (invented)'),
  small('Indonesia', 'ID', 'Asia/Jakarta', 'Melati academy (invented)'),
  {
    programme: 'Regional office',
    country: null,
    zone: 'Asia/Bangkok',
    organisation: 'Regional office (invented)',
    teams: ['Region'],
    posts: [
      { login: 'steward', label: 'Data steward, region', roles: ['steward'] },
      { login: 'manager.region', label: 'Regional manager', roles: ['regional-manager'] },
      { login: 'protection.region', label: 'Data protection officer, region', roles: ['protection-officer'] },
    ],
  },
]

export const passphraseOf = (login: string): string => `demonstration ${login}`

/** As the server shows it on the sign-in page of a database flagged as a demonstration. */
export const cast = organisations.flatMap(({ programme, posts }) =>
  posts.map(({ login, label, roles }) => ({
    login,
    passphrase: passphraseOf(login),
    label,
    programmeName: programme,
    roles,
  })),
)
