import * as z from 'zod'
import { canonicalText } from '../../log/entry.ts'
import type { Role } from '../../shared/roles.ts'

const text = z.string().trim().min(1).max(2000)

/** A text by language: English always, the others as far as somebody wrote them. */
export const SaidText = z.strictObject({
  en: text,
  id: text.exactOptional(),
  ms: text.exactOptional(),
  fil: text.exactOptional(),
  km: text.exactOptional(),
  lo: text.exactOptional(),
  my: text.exactOptional(),
  th: text.exactOptional(),
  vi: text.exactOptional(),
  zh: text.exactOptional(),
  ta: text.exactOptional(),
  pt: text.exactOptional(),
  tet: text.exactOptional(),
})
export type SaidText = z.infer<typeof SaidText>

/** The last part of a public address. It names a publication, never a person. */
export const Address = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80)

// ---------------------------------------------------------------- privacy loss, in whole numbers

/**
 * Privacy loss as it is added up: `epsilon` in thousandths, `delta` in units of 10^-12. Both add up exactly, which is the plain
 * composition of (epsilon, delta)-differential privacy (Dwork & Roth 2014, "The algorithmic foundations of differential
 * privacy", theorem 3.16): never less than what is lost.
 */
export type Loss = { readonly epsilon: number; readonly delta: number }
export const noLoss: Loss = { epsilon: 0, delta: 0 }

/** The exponent `n` of a delta of 10^-n, as it stands in an entry. */
export const DeltaExponent = z.int().min(4).max(12)

/** A delta of 10^-n in units of 10^-12. */
export const deltaUnits = (exponent: number): number => 10 ** (12 - exponent)

/** At most 20: above that a promise of privacy is none. */
export const EpsilonThousandths = z.int().min(1).max(20_000)

// ---------------------------------------------------------------- how it is protected

const minimum = z.int().min(5).max(1000)

/**
 * What an empty cell looks like in a table in which cells are hidden. `hide`: as a small one; `show`: as nobody, so that a reader knows
 * of every hidden cell that somebody is in it. Where nothing was said it is hidden.
 */
export const Zeros = z.enum(['hide', 'show'])
export type Zeros = z.infer<typeof Zeros>

/** The settings of each method. `cut-off-tables` are what `release/` made at a cut-off, and have no setting of their own. */
export const Method = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('cut-off-tables') }),
  z.strictObject({ name: z.literal('suppression'), minimum, zeros: Zeros.exactOptional() }),
  z.strictObject({ name: z.literal('rounding'), base: z.int().min(5).max(100) }),
  z.strictObject({ name: z.literal('cell-key'), most: z.int().min(4).max(50) }),
  z.strictObject({ name: z.literal('dp-table'), epsilon: EpsilonThousandths }),
  z.strictObject({
    name: z.literal('dp-records'),
    epsilon: EpsilonThousandths,
    deltaExponent: DeltaExponent,
    length: z.int().min(1).max(3),
  }),
  z.strictObject({ name: z.literal('k-records'), k: minimum, length: z.int().min(1).max(3) }),
])
export type Method = z.infer<typeof Method>
export type MethodName = Method['name']

/** What a method is used on, and whether it spends of a budget. */
export const methods = {
  'cut-off-tables': { on: 'facts', spends: false },
  suppression: { on: 'table', spends: false },
  rounding: { on: 'table', spends: false },
  'cell-key': { on: 'table', spends: false },
  'dp-table': { on: 'table', spends: true },
  'dp-records': { on: 'records', spends: true },
  'k-records': { on: 'records', spends: false },
} as const satisfies Record<MethodName, { readonly on: 'facts' | 'table' | 'records'; readonly spends: boolean }>

/** What making a content by this method spends. */
export function lossOf(method: Method): Loss {
  switch (method.name) {
    case 'dp-table':
      return { epsilon: method.epsilon, delta: 0 }
    case 'dp-records':
      return { epsilon: method.epsilon, delta: deltaUnits(method.deltaExponent) }
    default:
      return noLoss
  }
}

// ---------------------------------------------------------------- of whom

/**
 * Whose people are told of: the programme's own (a regional office: of every programme), or those of a holding, which all its
 * editions share: a person in two editions bears what both spend.
 */
export const Population = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('own') }),
  z.strictObject({
    kind: z.literal('holding'),
    publisher: z.string().trim().min(1).max(300),
    name: z.string().trim().min(1).max(300),
  }),
])
export type Population = z.infer<typeof Population>

/** A population by one text: spaces and letter case do not make another people of them. */
export function populationKey(population: Population): string {
  if (population.kind === 'own') return 'own'
  const plain = (words: string): string => words.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
  return canonicalText([plain(population.publisher), plain(population.name)])
}

// ---------------------------------------------------------------- who signs

/** As what a member signs: one of her roles, which the door of the log compares with what she is. */
export const SignsAs = z.enum(['steward', 'protection-officer', 'manager', 'regional-manager'])
export type SignsAs = z.infer<typeof SignsAs>

export const signers: readonly Role[] = SignsAs.options

/**
 * Where a publication stands. `prepared`: its content is made and may be looked at by those who sign; `released`: two members
 * signed that very content, one of them as protection officer.
 */
export const standings = ['proposed', 'prepared', 'signed-once', 'released', 'withdrawn'] as const
export type Standing = (typeof standings)[number]
