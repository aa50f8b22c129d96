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
        key: 'services-reach-survivors',
        outputs: [
          {
            key: 'survivors-supported',
            indicators: ['survivors-received', 'survivors-supported', 'services-delivered'],
          },
        ],
      },
    ],
  },
  { number: 2, outcomes: [] },
  {
    number: 3,
    outcomes: [
      {
        key: 'officers-meet-womens-needs',
        outputs: [
          {
            key: 'officers-trained',
            indicators: ['officers-trained', 'women-among-officers-trained', 'training-sessions-held'],
          },
        ],
      },
    ],
  },
  { number: 4, outcomes: [] },
]
