import { Channel, Question, ReachSource, ReachUnit, Setting } from '@lentera/core/awareness/words'
import { Audience, Carrier, Level, ProductKind } from '@lentera/core/evidence/dissemination/words'
import type { Entry } from '@lentera/core/log/entry'
import type { Agency } from '@lentera/core/shared/agencies'
import { Qualifier } from '@lentera/core/shared/counts'
import { CivilDate } from '@lentera/core/shared/dates'
import type { OrganisationId, PersonKey, StreamId } from '@lentera/core/shared/ids'
import { LanguageState } from '@lentera/core/shared/languages'
import { AgeGroup, Sex } from '@lentera/core/shared/people'
import { AppealOutcome, Compensation, SentenceKind, Stage, Verdict } from '@lentera/core/support/justice/words'
import { Course, GrantKind, Running } from '@lentera/core/support/livelihoods/words'
import { Asked, Check } from '@lentera/core/support/story/words'
import { ConsentState, Form, Service } from '@lentera/core/support/words'
import { moduleStream } from '@lentera/core/training/module/words'
import { SelfCareTopic, UnitKind } from '@lentera/core/training/self-care/words'
import { LapseReason, trainerStream } from '@lentera/core/training/trainer/words'
import { AttendanceSource, Module } from '@lentera/core/training/words'
import { Happening } from '@lentera/core/workforce/flow/words'
import { Concern, Counted, Place, Rank, Sphere, Status, Trust, Unit } from '@lentera/core/workforce/words'
import type { Roll } from './roll.ts'

type Json = Entry['coded'][string]
type Fields = Readonly<Record<string, Json>>

/** What an entry says, before it is one. */
export type Change = {
  readonly on: CivilDate
  readonly coded: Fields
  readonly opened?: Readonly<Record<string, string>>
}
type Around = { readonly persons: readonly PersonKey[] }
type Inside = Around & { readonly entries: readonly Entry[] }
export type Known = { readonly stream: StreamId }

/** A room as the generator writes in it: how a stream opens, and what may be said of it afterwards. */
export type Room = {
  readonly opening: string
  /** Where the person that its opening names is a human being. */
  readonly isOfSomebody?: true
  readonly open: (
    roll: Roll,
    around: Around,
  ) => (Change & { readonly stream?: (organisation: OrganisationId) => StreamId }) | undefined
  readonly changes: readonly (readonly [kind: string, say: (roll: Roll, inside: Inside) => Change | undefined])[]
  /** Kinds whose records may be marked as entered in error, beside the whole stream. */
  readonly marks?: readonly string[]
  readonly on: (roll: Roll) => CivilDate
}

const quarter = (roll: Roll): CivilDate =>
  CivilDate.parse(roll.of(['2025-Q2', '2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3']))
const day = (roll: Roll): CivilDate =>
  CivilDate.parse(roll.of(['2025-05-09', '2025-11-30', '2026-01-01', '2026-03-31', '2026-04-01', '2026-08-15']))
const dayOrLess = (roll: Roll): CivilDate => CivilDate.parse(roll.of([day(roll), '2025-12', '2026-02', '2025', '2026']))
const anyDate = (roll: Roll): CivilDate => CivilDate.parse(roll.of([dayOrLess(roll), '2026-Q1', '2025-Q4', '2026']))

/** Says something new of the stream, or as a record of its own. */
const says =
  (on: (roll: Roll) => CivilDate, coded: (roll: Roll, inside: Inside) => Fields) =>
  (roll: Roll, inside: Inside): Change => ({ on: on(roll), coded: coded(roll, inside) })

/** Says something of a record that this device knows. */
const corrects =
  (of: string, on: (roll: Roll) => CivilDate, coded: (roll: Roll, inside: Inside) => Fields) =>
  (roll: Roll, inside: Inside): Change | undefined => {
    const record = roll.maybe(inside.entries.filter(({ kind }) => kind === of))?.id
    return record && { on: on(roll), coded: { record, ...coded(roll, inside) } }
  }

const sex = (roll: Roll): Sex => roll.of(['female', 'female', ...Sex.options] as const)
const age = (roll: Roll): AgeGroup => roll.of(AgeGroup.options)
const agency = (roll: Roll): Agency => roll.of(['police', 'border-police', 'immigration'] as const)
/** Of her programme's own: no other may be written (`access.other-country`). */
const country = 'KH'
const language = (roll: Roll): string => roll.of(['en', 'km', 'th'])
const consent = (roll: Roll): ConsentState =>
  roll.of(['given', 'given', 'given', 'given', ...ConsentState.options] as const)
const line = 'Invented'

// ---------------------------------------------------------------- support

const ofCase = (roll: Roll) => ({ sex: sex(roll), age: age(roll), form: roll.of(Form.options) })
const service = (roll: Roll) => ({ service: roll.of(Service.options) })
const support: Room = {
  opening: 'support.case-opened',
  isOfSomebody: true,
  on: quarter,
  open: (roll) => ({
    on: quarter(roll),
    coded: { ...ofCase(roll), status: 'open', consentServices: 'given', consentCounting: consent(roll) },
  }),
  changes: [
    ['support.service-delivered', says(quarter, service)],
    ['support.service-delivered', says(quarter, service)],
    ['support.service-delivered', says(quarter, service)],
    ['support.need-recorded', says(quarter, service)],
    ['support.case-described', says(quarter, (roll) => roll.fields(ofCase(roll)))],
    ['support.consent-recorded', says(quarter, (roll) => ({ consentCounting: consent(roll) }))],
    ['support.case-closed', says(quarter, () => ({ status: 'closed', closingReason: 'goals-reached' }))],
    [
      'support.record-corrected',
      corrects('support.service-delivered', quarter, (roll) =>
        roll.fields({ ...service(roll), quarter: quarter(roll) }),
      ),
    ],
  ],
  marks: ['support.service-delivered'],
}

const ofParticipant = (roll: Roll) => ({ sex: sex(roll), age: age(roll), consentCounting: consent(roll) })
const livelihoodsRecords = [
  ['livelihoods.course-attended', (roll: Roll) => ({ course: roll.of(Course.options) })],
  ['livelihoods.grant-given', (roll: Roll) => ({ grant: roll.of(GrantKind.options) })],
  ['livelihoods.business-followed-up', (roll: Roll) => ({ running: roll.of(Running.options) })],
] as const
const livelihoods: Room = {
  opening: 'livelihoods.participant-registered',
  isOfSomebody: true,
  on: quarter,
  open: (roll) => ({ on: quarter(roll), coded: { ...ofParticipant(roll), sex: 'female' } }),
  changes: [
    ...livelihoodsRecords.map(([kind, say]) => [kind, says(quarter, say)] as const),
    ['livelihoods.participant-described', says(quarter, (roll) => roll.fields(ofParticipant(roll)))],
    ...livelihoodsRecords.map(
      ([kind, say]) =>
        [
          'livelihoods.record-corrected',
          corrects(kind, quarter, (roll) => roll.fields<Json>({ ...say(roll), quarter: quarter(roll) })),
        ] as const,
    ),
  ],
  marks: livelihoodsRecords.map(([kind]) => kind),
}

const accused = (roll: Roll) => ({ sex: sex(roll), age: age(roll) })
const verdict = (roll: Roll) => ({ verdict: roll.of(['convicted', 'convicted', ...Verdict.options] as const) })
const sentence = (roll: Roll) => {
  const kind = roll.of(['imprisonment', ...SentenceKind.options] as const)
  return { sentence: kind, ...(kind === 'imprisonment' ? { years: roll.of([0, 3, 10, 12]) } : {}) }
}
const corrected = (of: string, say: (roll: Roll) => Fields) =>
  [
    'justice.record-corrected',
    corrects(of, quarter, (roll) => roll.fields<Json>({ ...say(roll), quarter: quarter(roll) })),
  ] as const
/** A record that hangs on another of its stream, named by `field`. */
const on =
  (of: string, field: string, coded: (roll: Roll) => Fields) =>
  (roll: Roll, { entries }: Inside): Change | undefined => {
    const other = roll.maybe(entries.filter(({ kind }) => kind === of))?.id
    return other && { on: quarter(roll), coded: { [field]: other, ...coded(roll) } }
  }
const stage = (roll: Roll) => ({ stage: roll.of(Stage.options) })
const compensation = (roll: Roll) => ({ compensation: roll.of(Compensation.options) })
const justice: Room = {
  opening: 'justice.case-opened',
  on: quarter,
  open: (roll) => ({ on: quarter(roll), coded: {} }),
  changes: [
    ['justice.stage-reached', says(quarter, stage)],
    ['justice.accused-recorded', says(quarter, accused)],
    ['justice.accused-recorded', says(quarter, accused)],
    ['justice.verdict-given', on('justice.accused-recorded', 'accused', verdict)],
    ['justice.verdict-given', on('justice.accused-recorded', 'accused', verdict)],
    ['justice.sentence-passed', on('justice.verdict-given', 'verdict', sentence)],
    ['justice.sentence-passed', on('justice.verdict-given', 'verdict', sentence)],
    ['justice.appeal-filed', on('justice.verdict-given', 'verdict', () => ({ outcome: 'pending' }))],
    [
      'justice.appeal-decided',
      corrects('justice.appeal-filed', quarter, (roll) => ({ outcome: roll.of(AppealOutcome.options) })),
    ],
    [
      'justice.appeal-decided',
      corrects('justice.appeal-filed', quarter, (roll) => ({ outcome: roll.of(['upheld', ...AppealOutcome.options]) })),
    ],
    ['justice.compensation-recorded', says(quarter, compensation)],
    corrected('justice.stage-reached', stage),
    corrected('justice.accused-recorded', accused),
    corrected('justice.verdict-given', verdict),
    corrected('justice.sentence-passed', sentence),
    corrected('justice.compensation-recorded', compensation),
  ],
  marks: [
    'justice.stage-reached',
    'justice.accused-recorded',
    'justice.verdict-given',
    'justice.sentence-passed',
    'justice.appeal-filed',
    'justice.compensation-recorded',
  ],
}

const text = { text: line, changedName: line, photo: line }
const answers = (roll: Roll): Fields =>
  Object.fromEntries(
    roll
      .some(Asked.options)
      .map((asked) => [
        asked,
        roll.chance(0.8)
          ? { answer: 'given', until: roll.of(['2026-Q1', '2026-Q4', '2027-Q1', '2031-Q1']) }
          : { answer: 'refused' },
      ]),
  )
/** A second reader reads the last text that she knows of. */
const reads =
  (coded: Fields) =>
  (roll: Roll, { entries }: Inside): Change | undefined => {
    const record = entries.findLast(({ kind }) => kind === 'story.begun' || kind === 'story.text-changed')?.id
    return record && { on: quarter(roll), coded: { record, ...coded } }
  }
const story: Room = {
  opening: 'story.begun',
  isOfSomebody: true,
  on: quarter,
  open: (roll) => ({ on: quarter(roll), coded: { language: language(roll) }, opened: text }),
  changes: [
    ['story.text-changed', (roll) => ({ on: quarter(roll), coded: { language: language(roll) }, opened: text })],
    [
      'story.consent-answered',
      says(quarter, (roll) => ({ ...answers(roll), warningRead: true, askerControlsNoAid: true })),
    ],
    [
      'story.consent-answered',
      says(quarter, (roll) => ({ ...answers(roll), warningRead: true, askerControlsNoAid: true })),
    ],
    ['story.consent-withdrawn', says(quarter, (roll) => ({ [roll.of(Asked.options)]: { answer: 'withdrawn' } }))],
    ...[1, 2, 3, 4, 5, 6].map(
      () => ['story.text-approved', reads({ reading: 'approved', checked: Check.options })] as const,
    ),
    ['story.text-sent-back', reads({ reading: 'sent-back' })],
  ],
}

// ---------------------------------------------------------------- training

const session = (roll: Roll) => ({ country, modules: roll.some(Module.options) })
const attendance = (roll: Roll, { persons }: Around) => ({
  officer: roll.of(persons),
  sex: sex(roll),
  agency: agency(roll),
})
const training: Room = {
  opening: 'training.session-held',
  on: day,
  open: (roll) => ({ on: day(roll), coded: session(roll) }),
  changes: [
    ...[1, 2, 3].map(
      () =>
        [
          'training.attendance-recorded',
          says(day, (roll, around) => ({ ...attendance(roll, around), source: roll.of(AttendanceSource.options) })),
        ] as const,
    ),
    ['training.session-described', says(day, (roll) => roll.fields<Json>(session(roll)))],
    [
      'training.attendance-corrected',
      corrects('training.attendance-recorded', day, (roll, around) => roll.fields(attendance(roll, around))),
    ],
  ],
  marks: ['training.attendance-recorded'],
}

const module: Room = {
  opening: 'training.module-opened',
  on: day,
  open: (roll) => {
    const module = roll.of(Module.options)
    return { on: day(roll), coded: { module }, stream: (organisation) => moduleStream(organisation, module) }
  },
  changes: [
    [
      'training.module-languages-stated',
      says(day, (roll) => roll.fields({ km: roll.of(LanguageState.options), th: roll.of(LanguageState.options) })),
    ],
  ],
}

const ofTrainer = (roll: Roll) => ({ country, agency: agency(roll), sex: sex(roll) })
const certificate = (roll: Roll) => ({
  module: roll.of(Module.options),
  moduleVersion: '1.0',
  language: language(roll),
  by: 'founding-trainers',
  certifiedOn: day(roll),
})
const trainer: Room = {
  opening: 'training.trainer-registered',
  on: day,
  open: (roll, { persons }) => {
    const trainer = roll.of(persons.slice(0, 4))
    return { on: day(roll), coded: { trainer, ...ofTrainer(roll) }, stream: () => trainerStream(trainer) }
  },
  changes: [
    ['training.trainer-certified', says(day, certificate)],
    ['training.trainer-certified', says(day, certificate)],
    ['training.trainer-described', says(day, (roll) => roll.fields(ofTrainer(roll)))],
    [
      'training.certificate-corrected',
      corrects('training.trainer-certified', day, (roll) => roll.fields(certificate(roll))),
    ],
    [
      'training.certificate-corrected',
      corrects('training.trainer-certified', day, (roll) => ({ certifiedOn: day(roll) })),
    ],
    [
      'training.certificate-lapsed',
      corrects('training.trainer-certified', day, (roll) => ({
        lapsed: roll.of([null, ...LapseReason.options]),
        lapsedOn: day(roll),
      })),
    ],
  ],
  marks: ['training.trainer-certified'],
}

const request = (roll: Roll) => ({
  country,
  agency: agency(roll),
  unit: roll.of(UnitKind.options),
  topic: roll.of(SelfCareTopic.options),
  people: roll.int(1, 40),
  askedOn: day(roll),
})
const selfCareRequest: Room = {
  opening: 'training.self-care-requested',
  on: day,
  open: (roll) => ({ on: day(roll), coded: request(roll) }),
  changes: [['training.self-care-request-described', says(day, (roll) => roll.fields<Json>(request(roll)))]],
}

const webinar = (roll: Roll) => ({
  topic: roll.of(SelfCareTopic.options),
  heldOn: day(roll),
  minutes: 60,
  attendance: {
    female: roll.of([2, 6, 14]),
    male: roll.of([0, 5, 9]),
    another: roll.of([0, 0, 0, 1]),
    unknown: roll.of([0, 0, 7]),
  },
  answers: [],
})
const selfCareWebinar: Room = {
  opening: 'training.self-care-webinar-held',
  on: day,
  open: (roll) => ({ on: day(roll), coded: webinar(roll) }),
  changes: [['training.self-care-webinar-described', says(day, (roll) => roll.fields<Json>(webinar(roll)))]],
}

// ---------------------------------------------------------------- workforce

const headed = (roll: Roll) => ({
  agency: agency(roll),
  place: roll.of(['national', ...Place.options] as const),
  counted: roll.of(Counted.options),
  trust: roll.of(Trust.options),
  source: line,
})
const counts = (roll: Roll) => ({
  women: roll.of([2, 5, 17, 40]),
  men: roll.of([4, 30, 80]),
  unrecorded: roll.of([0, 0, 3]),
})
const ofUnit = (roll: Roll) => ({ ...headed(roll), unit: roll.of(['all', 'all', 'all', ...Unit.options] as const) })
const headcount: Room = {
  opening: 'workforce.headcount-taken',
  on: anyDate,
  open: (roll) => ({ on: anyDate(roll), coded: { country: 'KH', ...ofUnit(roll) } }),
  changes: [
    ['workforce.rank-counted', says(anyDate, (roll) => ({ rank: roll.of(Rank.options), ...counts(roll) }))],
    ['workforce.rank-counted', says(anyDate, (roll) => ({ rank: roll.of(Rank.options), ...counts(roll) }))],
    ['workforce.headcount-described', says(anyDate, (roll) => roll.fields<Json>(ofUnit(roll)))],
    ['workforce.rank-corrected', corrects('workforce.rank-counted', anyDate, (roll) => roll.fields(counts(roll)))],
  ],
  marks: ['workforce.rank-counted'],
}

const cutOff = (roll: Roll): CivilDate => CivilDate.parse(roll.of(['2025-10-01', '2026-01-01', '2026-04-01']))
const period = (roll: Roll): CivilDate => CivilDate.parse(roll.of(['2025', '2026', '2025-Q4', '2026-Q1', '2026-02']))
const happened = (roll: Roll): Fields => {
  const happening = roll.of(['recruited', 'recruited', ...Happening.options] as const)
  const [rank, to] = happening === 'promoted' ? (['line', 'command'] as const) : [roll.of(Rank.options), null]
  return { happening, rank, to, ...counts(roll) }
}
const flow: Room = {
  opening: 'workforce.flow-written',
  on: period,
  open: (roll) => ({ on: period(roll), coded: { country: 'KH', ...headed(roll) } }),
  changes: [
    ['workforce.flow-counted', says(period, happened)],
    ['workforce.flow-counted', says(period, happened)],
    ['workforce.flow-described', says(period, (roll) => roll.fields<Json>(headed(roll)))],
    ['workforce.flow-corrected', corrects('workforce.flow-counted', period, (roll) => roll.fields(counts(roll)))],
  ],
  marks: ['workforce.flow-counted'],
}

const ladder = (of: number, step: number, wide = 1) => ({ low: of * step, high: (of + wide) * step - 1 })
const coverRelease: Room = {
  opening: 'workforce.cover-released',
  on: cutOff,
  open: (roll) => {
    const bands = {
      posts: ladder(1, 5),
      shifts: ladder(6, 25),
      present: ladder(roll.int(0, 4), 25),
      onCall: roll.of([ladder(2, 25), ladder(5, 25, 2)]),
      women: ladder(1, 10),
      expiring: roll.of([null, ladder(0, 10)]),
    }
    const said = { agency: roll.of(['police', 'customs']), counted: roll.of(Counted.options), made: cutOff(roll) }
    return { on: cutOff(roll), coded: { country: 'KH', ...said, bands: roll.chance(0.85) ? bands : null } }
  },
  // A release is not said anew: it is withdrawn, or that is taken back.
  changes: [['workforce.cover-released', () => undefined]],
}

const recommendation: Room = {
  opening: 'workforce.recommendation-made',
  on: anyDate,
  open: (roll) => ({ on: anyDate(roll), coded: { number: roll.int(1, 40), text: line, origin: 'own', source: line } }),
  changes: [
    [
      'workforce.status-set',
      (roll, { entries }) => {
        const followed = entries.filter(({ kind }) => /status-set|recommendation-made/.test(kind)).slice(-3)
        if (followed.length === 0) return undefined
        const follows = roll.some(followed).map(({ id }) => id)
        return { on: anyDate(roll), coded: { status: roll.of(Status.options), follows } }
      },
    ],
  ],
  marks: ['workforce.status-set'],
}

const reformed = (roll: Roll) => ({
  what: line,
  concern: roll.of(Concern.options),
  sphere: roll.of(Sphere.options),
  evidence: line,
  recommendations: [],
})
const reform: Room = {
  opening: 'workforce.reform-made',
  on: anyDate,
  open: (roll) => ({ on: anyDate(roll), coded: { country: 'KH', ...reformed(roll) } }),
  changes: [['workforce.reform-described', says(anyDate, (roll) => roll.fields<Json>(reformed(roll)))]],
}

// ---------------------------------------------------------------- awareness

const group = (roll: Roll) => ({ sex: sex(roll), age: age(roll) })
const outreach: Room = {
  opening: 'awareness.outreach-held',
  on: day,
  open: (roll) => ({ on: day(roll), coded: { country, setting: roll.of(Setting.options) } }),
  changes: [
    ['awareness.heads-counted', says(day, (roll) => ({ ...group(roll), heads: roll.int(1, 6) }))],
    ['awareness.heads-counted', says(day, (roll) => ({ ...group(roll), heads: roll.int(1, 6) }))],
    ...[1, 2, 3, 4].map(
      () =>
        [
          'awareness.person-met',
          says(day, (roll, { persons }) => ({ person: roll.of(persons), ...group(roll) })),
        ] as const,
    ),
    ['awareness.outreach-described', says(day, (roll) => ({ setting: roll.of(Setting.options) }))],
    ['awareness.heads-corrected', corrects('awareness.heads-counted', day, (roll) => ({ heads: roll.int(1, 9) }))],
    ['awareness.person-corrected', corrects('awareness.person-met', day, (roll) => roll.fields(group(roll)))],
  ],
  marks: ['awareness.heads-counted', 'awareness.person-met'],
}

const asked = (roll: Roll) => ({
  question: roll.of(Question.options),
  asked: roll.int(20, 60),
  moreAware: roll.int(0, 20),
})
const sample: Room = {
  opening: 'awareness.sample-taken',
  on: day,
  open: (roll) => ({ on: day(roll), coded: { country, ...asked(roll) } }),
  changes: [['awareness.sample-corrected', says(day, asked)]],
}

const reached = (roll: Roll) => ({
  amount: roll.int(1, 5000),
  qualifier: roll.of(Qualifier.options),
  source: roll.of(ReachSource.options),
})
const reach: Room = {
  opening: 'awareness.work-shown',
  on: day,
  open: (roll) => ({
    on: day(roll),
    coded: { country, channel: roll.of(Channel.options), title: line },
  }),
  changes: [
    ['awareness.reach-stated', says(day, (roll) => ({ unit: roll.of(ReachUnit.options), ...reached(roll) }))],
    ['awareness.reach-stated', says(day, (roll) => ({ unit: roll.of(ReachUnit.options), ...reached(roll) }))],
    ['awareness.work-described', says(day, (roll) => ({ channel: roll.of(Channel.options) }))],
    ['awareness.reach-corrected', corrects('awareness.reach-stated', day, reached)],
  ],
  marks: ['awareness.reach-stated'],
}

// ---------------------------------------------------------------- evidence

const published = (roll: Roll) => ({
  title: line,
  kind: roll.of(ProductKind.options),
  edition: '1',
  languages: roll.some(['en', 'km']),
  publishedOn: dayOrLess(roll),
})
const claim = (roll: Roll) => ({
  audience: roll.of(Audience.options),
  carrier: roll.of(Carrier.options),
  amount: roll.int(1, 900),
  qualifier: roll.of(Qualifier.options),
  source: line,
})
const product: Room = {
  opening: 'evidence.product-published',
  on: day,
  open: (roll) => ({ on: dayOrLess(roll), coded: published(roll) }),
  changes: [
    ['evidence.product-distributed', says(dayOrLess, claim)],
    ['evidence.product-distributed', says(dayOrLess, claim)],
    [
      'evidence.distribution-corrected',
      corrects('evidence.product-distributed', day, (roll) => ({ amount: claim(roll).amount })),
    ],
    [
      'evidence.distribution-corrected',
      corrects('evidence.product-distributed', day, (roll) => ({ amount: claim(roll).amount })),
    ],
    ['evidence.product-described', says(day, (roll) => roll.fields<Json>(published(roll)))],
    ['evidence.product-withdrawn', says(day, (roll) => ({ withdrawn: roll.chance(0.6), note: line }))],
    [
      'evidence.distribution-corrected',
      corrects('evidence.product-distributed', day, (roll) => roll.fields<Json>(claim(roll))),
    ],
  ],
  marks: ['evidence.product-distributed'],
}

const participants = (roll: Roll): Json =>
  roll.of<Json>([
    null,
    { total: 40 },
    { total: 40, female: 18 },
    { total: 40, female: roll.int(0, 18), male: 20 },
    { total: 30, female: 14, male: 15, another: 1 },
  ])
const held = (roll: Roll) => ({
  level: roll.of(Level.options),
  country: roll.of(['KH', null]),
  audiences: roll.some(Audience.options),
  products: [],
  heldOn: day(roll),
  participants: participants(roll),
})
const event: Room = {
  opening: 'evidence.event-held',
  on: day,
  open: (roll) => ({ on: day(roll), coded: held(roll) }),
  changes: [
    ['evidence.event-described', says(day, (roll) => roll.fields<Json>(held(roll)))],
    ['evidence.event-described', says(day, (roll) => ({ participants: participants(roll) }))],
  ],
}

export const keyedRooms: ReadonlySet<Room> = new Set([support, livelihoods, justice, story])

/** What marks a record or a stream of each room as entered in error. */
export const inErrorKinds: ReadonlyMap<Room, string> = new Map([
  [support, 'support.entered-in-error'],
  [livelihoods, 'livelihoods.entered-in-error'],
  [justice, 'justice.entered-in-error'],
  [story, 'story.entered-in-error'],
  [training, 'training.entered-in-error'],
  [module, 'training.module-entered-in-error'],
  [trainer, 'training.trainer-entered-in-error'],
  [selfCareRequest, 'training.self-care-request-entered-in-error'],
  [selfCareWebinar, 'training.self-care-webinar-entered-in-error'],
  [headcount, 'workforce.headcount-in-error'],
  [flow, 'workforce.flow-in-error'],
  [coverRelease, 'workforce.cover-release-in-error'],
  [recommendation, 'workforce.recommendation-in-error'],
  [reform, 'workforce.reform-in-error'],
  [outreach, 'awareness.outreach-in-error'],
  [sample, 'awareness.sample-in-error'],
  [reach, 'awareness.reach-in-error'],
  [product, 'evidence.product-entered-in-error'],
  [event, 'evidence.event-entered-in-error'],
])

export const rooms: readonly Room[] = [...inErrorKinds.keys()]

/** What counts here hangs on four entries and more: these rooms are written in more often. */
export const longest: readonly Room[] = [justice, justice, story, livelihoods]
