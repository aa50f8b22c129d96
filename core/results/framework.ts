/**
 * The results framework of the programme: who pays in which phase, what is aimed at, and by which indicators it is told. The
 * wording of the objectives is the brochure's; phases and donors are too (their years are not given there, so none stand here).
 * Source: UN Women and UNODC, brochure "Enhancing women's role in law enforcement and border security" (read 2026-11-23).
 */
export const phases = [
  { key: 'japan-1', donor: 'JP', from: null, to: null },
  { key: 'japan-2', donor: 'JP', from: null, to: null },
  { key: 'canada-3', donor: 'CA', from: null, to: null },
] as const

/** As UN Women's results-based management names the levels; an output lists the indicators that tell of it. */
export type Output = { readonly key: string; readonly indicators: readonly string[] }
export type Outcome = { readonly key: string; readonly outputs: readonly Output[] }
export type Objective = { readonly number: 1 | 2 | 3 | 4; readonly outcomes: readonly Outcome[] }

export const objectives: readonly Objective[] = [
  {
    number: 1,
    outcomes: [
      {
        key: 'communities-know-their-rights',
        outputs: [
          {
            key: 'women-reached',
            indicators: [
              'outreach-sessions-held',
              'women-reached-contacts',
              'women-reached-persons',
              'people-reached-contacts',
              'women-more-aware',
            ],
          },
        ],
      },
      {
        key: 'services-reach-survivors',
        outputs: [
          {
            key: 'survivors-supported',
            indicators: ['survivors-received', 'survivors-supported', 'services-delivered'],
          },
          {
            key: 'justice',
            indicators: [
              'criminal-cases-followed',
              'accused-persons',
              'perpetrators-sentenced',
              'criminal-cases-with-compensation',
            ],
          },
        ],
      },
      {
        key: 'survivors-are-heard',
        outputs: [{ key: 'survivors-stories', indicators: ['stories-with-consent'] }],
      },
      {
        key: 'women-at-risk-earn-their-living',
        outputs: [
          {
            key: 'livelihoods',
            indicators: [
              'women-trained-in-livelihoods',
              'women-given-livelihood-support',
              'women-whose-business-was-followed-up',
            ],
          },
        ],
      },
    ],
  },
  {
    number: 2,
    outcomes: [
      {
        key: 'knowledge-is-used',
        outputs: [
          {
            key: 'knowledge-products',
            indicators: ['knowledge-products-published', 'copies-distributed', 'downloads'],
          },
          {
            key: 'dissemination',
            indicators: ['events-held', 'audiences-met', 'event-participants', 'women-among-event-participants'],
          },
        ],
      },
    ],
  },
  {
    number: 3,
    outcomes: [
      {
        key: 'officers-meet-womens-needs',
        outputs: [
          {
            key: 'officers-trained',
            indicators: ['training-sessions-held', 'officers-trained', 'women-among-officers-trained'],
          },
          {
            key: 'modules-in-all-languages',
            indicators: ['training-modules', 'module-language-versions', 'module-languages-reviewed'],
          },
          {
            key: 'national-trainers',
            indicators: ['national-trainers-certified', 'trainer-certificates-given'],
          },
        ],
      },
      {
        key: 'officers-stay-well',
        outputs: [
          {
            key: 'self-care',
            indicators: ['self-care-requests', 'self-care-webinars-held', 'self-care-attendances'],
          },
        ],
      },
    ],
  },
  {
    number: 4,
    outcomes: [
      {
        key: 'women-serve-and-lead',
        outputs: [
          {
            key: 'evidence-on-women-in-service',
            indicators: ['women-share-by-place', 'women-share-by-rank', 'women-share-of-recruits'],
          },
          {
            key: 'women-at-every-crossing',
            indicators: ['shifts-with-a-trained-woman', 'shifts-with-a-trained-woman-on-call'],
          },
          { key: 'reform', indicators: ['recommendations-followed', 'reforms-by-kind'] },
          {
            key: 'outreach-reach',
            indicators: ['videos-shown', 'reach-visits', 'reach-views', 'reach-people-claimed'],
          },
        ],
      },
    ],
  },
]

/** What a reader who has a minute asks first: the figures the programme is known by, in the order of its objectives. */
export const headline: readonly string[] = [
  'women-reached-persons',
  'women-trained-in-livelihoods',
  'survivors-supported',
  'events-held',
  'officers-trained',
  'women-share-by-place',
]
