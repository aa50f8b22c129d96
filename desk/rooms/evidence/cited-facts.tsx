import { projectFact, withdrawFact } from '@lentera/core/evidence/capture'
import {
  Actions,
  DataTable,
  Form,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useStreams } from '../../device/context.ts'
import { useWrite } from '../../device/use-write.ts'
import type { Fact } from './board.ts'

/** Figures somebody else has published: never counted here, always with source, edition and the day they were compared. */
export function CitedFacts({ facts, isSteward }: CitedFactsProps) {
  const t = useText()
  const format = useFormat()
  const share = ({ value }: Fact): string =>
    value.kind === 'ratio'
      ? (format.share({ part: value.numerator, whole: value.denominator }, 1) ?? '')
      : format.percent(value.tenths / 10, 1)
  if (facts.length === 0) return null
  return (
    <Section title={t('evidence.facts.title')} note={t('evidence.facts.note')}>
      <DataTable
        caption={t('evidence.facts.caption')}
        rows={facts}
        keyOf={(fact) => fact.stream}
        stacks
        columns={[
          {
            id: 'what',
            label: t('evidence.facts.what'),
            value: (fact) =>
              fact.withdrawn
                ? t('evidence.facts.withdrawn', { fact: t(`fact.${fact.text}`), note: fact.withdrawn.note })
                : t(`fact.${fact.text}`),
          },
          { id: 'share', label: t('evidence.facts.share'), value: share, align: 'end' },
          { id: 'source', label: t('evidence.facts.source'), value: (fact) => fact.source },
          { id: 'edition', label: t('evidence.facts.edition'), value: (fact) => fact.edition },
          {
            id: 'period',
            label: t('evidence.facts.period'),
            value: (fact) => (fact.period ? format.date(fact.period) : t('evidence.facts.not-said')),
          },
          ...(facts.some((fact) => fact.page)
            ? [{ id: 'page', label: t('evidence.facts.page'), value: (fact: Fact) => fact.page ?? '' }]
            : []),
          { id: 'readIn', label: t('evidence.facts.read-in'), value: (fact) => fact.readIn ?? '' },
          {
            id: 'verified',
            label: t('evidence.facts.verified'),
            value: (fact) => format.date(fact.verifiedOn),
          },
        ]}
        fileName="cited-facts.csv"
      />
      {isSteward && <WithdrawFact />}
    </Section>
  )
}

export type CitedFactsProps = { readonly facts: readonly Fact[]; readonly isSteward: boolean }

/** Withdraws a fact with its reason, or lets it stand again: what was printed from it says so beside it. */
function WithdrawFact() {
  const t = useText()
  const desk = useDesk()
  const facts = useStreams('fact', projectFact)
  const [chosen, setChosen] = useState('')
  const [note, setNote] = useState('')
  const { refusal, busy, write } = useWrite()
  const fact = facts.find(({ stream }) => stream === chosen)
  const withdrawn = fact?.state.withdrawn === null
  const save = async (): Promise<void> => {
    if (!fact) return
    if (!(await write(withdrawFact(fact.stream, fact.state, { withdrawn, note }, desk.moment().today)))) return
    setChosen('')
    setNote('')
  }
  return (
    <Form label={t('evidence.facts.withdraw')} onSubmit={save}>
      <SelectField
        label={t('evidence.facts.withdraw')}
        why={t('evidence.facts.withdraw-why')}
        value={chosen}
        choices={facts.map(({ stream, state }) => ({ value: stream, label: t(`fact.${state.fact.text}`) }))}
        onChange={setChosen}
      />
      {fact && <TextField label={t('dissemination.withdraw-why')} value={note} onChange={setNote} />}
      {refusal && <RefusalNotice refusal={refusal} />}
      {fact && (
        <Actions>
          <QuietButton type="submit" disabled={busy}>
            {withdrawn ? t('dissemination.withdraw') : t('dissemination.restore')}
          </QuietButton>
        </Actions>
      )}
    </Form>
  )
}
