import type { HoldingRow, PublicationBoard } from '@lentera/core/evidence/publication/answers'
import type { Proposal } from '@lentera/core/evidence/publication/entries'
import { inOnes, type Ledger } from '@lentera/core/evidence/publication/ledger'
import { type Method, type MethodName, methods, populationKey, Zeros } from '@lentera/core/evidence/publication/words'
import { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  ChoiceField,
  ChoicesField,
  LongTextField,
  readDecimal,
  SelectField,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import type { Typed } from '../../../device/use-kept-form.ts'
import type { Typing } from '../../records/typed-correction.tsx'
import { BudgetBar } from './ledger.tsx'
import { sayDay, type Translate } from './said.ts'

/** What stands in the form before anything is typed: figures as they were released, which nobody can be found by. */
export const proposalDefaults: Typed = {
  from: 'facts',
  licence: 'CC-BY-4.0',
  minimum: '5',
  zeros: 'hide',
  base: '5',
  most: '5',
  epsilon: '2',
  exponent: '6',
  k: '10',
  length: '3',
}

/** What is asked of a publication; `board` says what there is to publish of, and what its budget still allows. */
export function ProposalFields({ typed, set, board }: Typing & { readonly board: PublicationBoard }) {
  const t = useText()
  const { language } = useFormat()
  const holding = holdingOf(typed, board)
  const fields = (of: 'en' | 'th' | 'my') => (
    <>
      <TextField
        label={t('publication.title-in', { language: t(`language.${of}`) })}
        value={typed[`title.${of}`] ?? ''}
        onChange={(value) => set(`title.${of}`, value)}
      />
      <LongTextField
        label={t('publication.about-in', { language: t(`language.${of}`) })}
        why={t('publication.about-why')}
        value={typed[`about.${of}`] ?? ''}
        onChange={(value) => set(`about.${of}`, value)}
      />
    </>
  )
  return (
    <>
      <SelectField
        label={t('publication.of-what')}
        why={t('publication.of-what-why')}
        value={typed.from ?? ''}
        choices={[
          { value: 'facts', label: t('publication.of-facts') },
          ...board.holdings.map(({ stream, name, edition }) => ({ value: stream, label: `${name}, ${edition}` })),
        ]}
        onChange={(from) => set('from', from)}
      />
      {holding === undefined && <FactsFields {...{ typed, set, board }} />}
      <MethodFields {...{ typed, set, board, holding }} />
      {fields('en')}
      {(language === 'th' || language === 'my') && fields(language)}
      <TextField
        label={t('publication.address')}
        why={t('publication.address-why')}
        value={typed.address ?? ''}
        onChange={(address) => set('address', address)}
      />
      <TextField
        label={t('publication.publisher')}
        value={typed.publisher ?? ''}
        onChange={(publisher) => set('publisher', publisher)}
      />
      <TextField
        label={t('publication.source')}
        why={t('publication.source-why')}
        value={typed.source ?? ''}
        onChange={(source) => set('source', source)}
      />
      <TextField
        label={t('publication.licence')}
        why={t('publication.licence-why')}
        value={typed.licence ?? ''}
        onChange={(licence) => set('licence', licence)}
      />
    </>
  )
}

function FactsFields({ typed, set, board: { choices } }: Typing & { readonly board: PublicationBoard }) {
  const t = useText()
  const format = useFormat()
  if (choices.cutOffs.length === 0) return <p>{t('publication.no-cut-off')}</p>
  return (
    <>
      <ChoicesField
        label={t('publication.indicators')}
        why={t('publication.indicators-why')}
        value={indicatorsOf(typed)}
        choices={choices.indicators.map((value) => ({ value, label: t(`indicator.${value}`) }))}
        onChange={(chosen) => set('indicators', chosen.join(' '))}
      />
      <SelectField
        label={t('publication.cut-off')}
        why={t('publication.cut-off-why')}
        value={typed.cutOff ?? choices.cutOffs[0] ?? ''}
        choices={choices.cutOffs.map((value) => ({ value, label: sayDay(value, format) }))}
        onChange={(cutOff) => set('cutOff', cutOff)}
      />
    </>
  )
}

type MethodProps = Typing & { readonly board: PublicationBoard; readonly holding: HoldingRow | undefined }

function MethodFields({ typed, set, board, holding }: MethodProps) {
  const t = useText()
  const name = methodName(typed, holding)
  const ledger = ledgerFor(holding, board)
  const asked = methods[name].spends ? Math.round((readDecimal(typed.epsilon ?? '') ?? 0) * 1000) : 0
  const number = (field: string, label: string, why: string, inputMode: 'numeric' | 'decimal' = 'numeric') => (
    <TextField
      label={label}
      why={why}
      inputMode={inputMode}
      value={typed[field] ?? ''}
      onChange={(value) => set(field, value)}
    />
  )
  return (
    <>
      <ChoiceField
        label={t('publication.method')}
        value={name}
        choices={methodsFor(holding).map((value) => {
          const why = whyNot(value, holding, ledger, t)
          return {
            value,
            label: t(`publication.method.${value}`),
            hint: why ?? t(`publication.method.${value}-hint`),
            disabled: why !== undefined,
          }
        })}
        onChange={(method) => set('method', method)}
      />
      {name === 'suppression' && number('minimum', t('publication.minimum'), t('publication.minimum-why'))}
      {name === 'suppression' && (
        <ChoiceField
          label={t('publication.zeros')}
          value={zerosIn(typed)}
          choices={Zeros.options.map((value) => ({
            value,
            label: t(`publication.zeros.${value}`),
            hint: t(`publication.zeros.${value}-hint`),
          }))}
          onChange={(zeros) => set('zeros', zeros)}
        />
      )}
      {name === 'rounding' && number('base', t('publication.base'), t('publication.base-why'))}
      {name === 'cell-key' && number('most', t('publication.most'), t('publication.most-why'))}
      {methods[name].spends &&
        number('epsilon', t('publication.ledger.epsilon'), t('publication.epsilon-why'), 'decimal')}
      {name === 'dp-records' && number('exponent', t('publication.budget.delta'), t('publication.budget.delta-why'))}
      {name === 'k-records' && number('k', t('publication.k'), t('publication.k-why'))}
      {(name === 'dp-records' || name === 'k-records') &&
        number('length', t('publication.length'), t('publication.length-why'))}
      {ledger?.budget && asked > 0 && (
        <BudgetBar budget={ledger.budget.epsilon} spent={ledger.spent.epsilon} asked={asked} />
      )}
    </>
  )
}

/** What a programme of this size uses comes first: hiding, proven by the auditor; made records are for large holdings. */
const methodsFor = (holding: HoldingRow | undefined): readonly MethodName[] =>
  (Object.keys(methods) as MethodName[]).filter((name) => methods[name].on === (holding?.form ?? 'facts'))

/** Why a method cannot be used on this, in words that say what would change it; undefined where it can. */
function whyNot(
  name: MethodName,
  holding: HoldingRow | undefined,
  ledger: Ledger | undefined,
  t: Translate,
): string | undefined {
  const isTooFew = holding?.form === 'records' && holding.about === 'survivors' && holding.rows < leastSurvivors
  if (isTooFew) return t('publication.too-few', { rows: holding.rows, least: leastSurvivors })
  if (!methods[name].spends) return undefined
  if (!ledger?.budget) return t('publication.ledger.no-budget')
  return ledger.left.epsilon === 0
    ? t('publication.nothing-left', { budget: inOnes(ledger.budget.epsilon) })
    : undefined
}

/** Fewer survivors never leave as records (do no harm: publication); the door of `release/` holds to it whatever is typed here. */
const leastSurvivors = 1000

// ---------------------------------------------------------------- what was typed

export const holdingOf = ({ from }: Typed, { holdings }: PublicationBoard): HoldingRow | undefined =>
  holdings.find(({ stream }) => stream === from)

const ledgerFor = (holding: HoldingRow | undefined, { ledgers }: PublicationBoard): Ledger | undefined =>
  ledgers.find(({ population }) => populationKey(population) === holding?.population)

const indicatorsOf = ({ indicators = '' }: Typed): readonly string[] =>
  indicators.split(' ').filter((key) => key !== '')

function methodName(typed: Typed, holding: HoldingRow | undefined): MethodName {
  const possible = methodsFor(holding)
  return possible.find((name) => name === typed.method) ?? possible[0] ?? 'cut-off-tables'
}

/** Refused: `publication.no-indicator`; the rest is core's to judge. */
export function readProposal(typed: Typed, board: PublicationBoard): Decision<Proposal> {
  const holding = holdingOf(typed, board)
  const indicators = [...indicatorsOf(typed)]
  const cutOff = typed.cutOff ?? board.choices.cutOffs[0] ?? ''
  if (!holding && indicators.length === 0) return refuse('publication.no-indicator')
  const said = (field: 'title' | 'about') => ({
    en: typed[`${field}.en`] ?? '',
    ...(typed[`${field}.th`]?.trim() ? { th: typed[`${field}.th`] ?? '' } : {}),
    ...(typed[`${field}.my`]?.trim() ? { my: typed[`${field}.my`] ?? '' } : {}),
  })
  return accept({
    address: (typed.address ?? '').trim(),
    title: said('title'),
    about: said('about'),
    publisher: typed.publisher ?? '',
    source: typed.source ?? '',
    licence: typed.licence ?? '',
    from: holding
      ? { kind: 'holding', holding: StreamId.parse(holding.stream) }
      : { kind: 'facts', indicators, cutOff },
    method: readMethod(typed, holding),
  })
}

const zerosIn = ({ zeros }: Typed): Zeros => Zeros.options.find((each) => each === zeros) ?? 'hide'

/** Numbers as they were typed: what no method may be is refused by its schema, which names the field. */
function readMethod(typed: Typed, holding: HoldingRow | undefined): Method {
  const number = (field: string): number => readDecimal(typed[field] ?? '') ?? 0
  const epsilon = Math.round(number('epsilon') * 1000)
  switch (methodName(typed, holding)) {
    case 'suppression':
      return { name: 'suppression', minimum: number('minimum'), zeros: zerosIn(typed) }
    case 'rounding':
      return { name: 'rounding', base: number('base') }
    case 'cell-key':
      return { name: 'cell-key', most: number('most') }
    case 'dp-table':
      return { name: 'dp-table', epsilon }
    case 'dp-records':
      return { name: 'dp-records', epsilon, deltaExponent: number('exponent'), length: number('length') }
    case 'k-records':
      return { name: 'k-records', k: number('k'), length: number('length') }
    case 'cut-off-tables':
      return { name: 'cut-off-tables' }
  }
}
