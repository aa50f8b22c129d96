/**
 * Whom the walk becomes, and what she opens one after the other: texts of links and buttons as the catalogue has them. A
 * picture is taken after each; without a name, on the way only.
 */
export type Walk = {
  readonly label: string
  readonly today?: string
  readonly opens: readonly (readonly [picture: string | null, text: string])[]
}

export const walks: readonly Walk[] = [
  {
    label: 'Supervisor, Cambodia',
    today: 'today-supervisor',
    opens: [
      ['criminal-cases', 'justice.nav'],
      ['stories', 'story.nav'],
      ['story', 'Dawn'],
    ],
  },
  {
    label: 'Caseworker, Myanmar',
    opens: [
      [null, 'justice.nav'],
      ['criminal-case', 'The workshop by the river'],
    ],
  },
  {
    label: 'Livelihoods officer, Cambodia',
    today: 'today-livelihoods',
    opens: [
      ['livelihoods', 'nav.livelihoods'],
      ['rates', 'rates.title'],
      ['awareness', 'nav.awareness'],
    ],
  },
  { label: 'Front-line officer, Cambodia', today: 'today-front-line', opens: [] },
  {
    label: 'Trainer, Cambodia',
    today: 'today-trainer',
    opens: [
      ['training', 'nav.training'],
      ['trainers', 'trainers.tab'],
    ],
  },
  {
    label: 'Programme manager, Philippines',
    today: 'today-small-programme',
    opens: [
      [null, 'nav.training'],
      ['self-care', 'self-care.tab'],
    ],
  },
  {
    label: 'Gender focal point, Cambodia',
    today: 'today-focal-point',
    opens: [
      ['workforce', 'nav.workforce'],
      ['workforce-evidence', 'workforce.evidence-open'],
      [null, 'nav.workforce'],
      [null, 'workforce.flows-open'],
      [null, 'nav.workforce'],
      ['research', 'research.open'],
      [null, 'nav.workforce'],
      ['barriers', 'barrier.open'],
      [null, 'nav.workforce'],
      ['register', 'register.nav'],
      [null, 'nav.workforce'],
      ['cover', 'cover.title-short'],
      [null, 'cover.plan.title'],
      ['cover-plan', 'cover.plan.do'],
      [null, 'cover.title-short'],
      ['cover-release', 'cover-release.nav'],
    ],
  },
  {
    label: 'Programme manager, Cambodia',
    today: 'today-manager',
    opens: [
      [null, 'nav.results'],
      ['plan', 'plan.open'],
      [null, 'nav.results'],
      ['brochure', 'brochure.nav'],
      [null, 'nav.results'],
      [null, 'donor-report.nav'],
      ['donor-report', 'Canada'],
    ],
  },
  { label: 'Data protection officer, Cambodia', today: 'today-protection', opens: [['members', 'nav.members']] },
  {
    label: 'Data steward, region',
    today: 'today-steward',
    opens: [
      ['dissemination', 'nav.dissemination'],
      ['product', 'Six questions'],
      ['publications', 'nav.publications'],
      ['publication', 'Synthetic records'],
    ],
  },
  { label: 'Regional manager', today: 'today-region', opens: [['region', 'nav.results']] },
]
