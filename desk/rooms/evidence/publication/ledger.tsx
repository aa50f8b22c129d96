import { changeBudget, setBudget } from '@lentera/core/evidence/publication/capture'
import { inOnes, inPowers, type Ledger } from '@lentera/core/evidence/publication/ledger'
import { type Budget, projectBudget } from '@lentera/core/evidence/publication/project'
import { populationKey } from '@lentera/core/evidence/publication/words'
import { StreamId } from '@lentera/core/shared/ids'
import {
  Actions,
  DataTable,
  Form,
  NextButton,
  QuietButton,
  RefusalNotice,
  readDecimal,
  TextField,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { type Projected, useDesk, useSnapshot, useStreams } from '../../../device/context.ts'
import { useWrite } from '../../../device/use-write.ts'
import styles from './publication.module.css'
import { isOfficer, sayPopulation } from './said.ts'

/** How much of a budget is spent, and how much one release asks of what is left. In thousandths of epsilon. */
export function BudgetBar({
  budget,
  spent,
  asked = 0,
}: {
  readonly budget: number
  readonly spent: number
  readonly asked?: number
}) {
  const t = useText()
  const width = (part: number): string => `${Math.min(100, (100 * part) / Math.max(1, budget))}%`
  const said =
    asked > 0
      ? t('publication.ledger.before-after', {
          before: inOnes(Math.max(0, budget - spent)),
          after: inOnes(Math.max(0, budget - spent - asked)),
          budget: inOnes(budget),
        })
      : t('publication.ledger.left', { left: inOnes(Math.max(0, budget - spent)), budget: inOnes(budget) })
  return (
    <div>
      <div className={styles.bar} role="img" aria-label={said}>
        <div className={styles.spent} style={{ width: width(spent) }} />
        <div className={styles.asked} style={{ width: width(asked) }} />
      </div>
      <p className={styles.note}>{said}</p>
    </div>
  )
}

/** The ledger of one population: its budget, what each release spent of it, and who may set it. */
export function LedgerView({
  ledger,
  titleOf,
  onChanged,
}: {
  readonly ledger: Ledger
  readonly titleOf: (stream: StreamId) => string
  readonly onChanged: () => void
}) {
  const t = useText()
  const officer = useSnapshot(({ me }) => isOfficer(me))
  const [changing, setChanging] = useState(false)
  const { population, budget, lines, spent, isOverspent } = ledger
  const spending = lines.filter(({ epsilon }) => epsilon > 0)
  return (
    <li className={styles.stack}>
      <h3>{sayPopulation(population, t)}</h3>
      {budget ? (
        <BudgetBar budget={budget.epsilon} spent={spent.epsilon} />
      ) : (
        <p className={styles.note}>{t('publication.ledger.no-budget')}</p>
      )}
      {isOverspent && <p className={styles.notice}>{t('publication.ledger.overspent')}</p>}
      {spending.length > 0 && (
        <DataTable
          stacks
          caption={t('publication.ledger.lines')}
          rows={spending}
          keyOf={({ publication }) => publication}
          columns={[
            { id: 'release', label: t('publication.ledger.release'), value: ({ publication }) => titleOf(publication) },
            { id: 'epsilon', label: t('publication.ledger.epsilon'), value: ({ epsilon }) => inOnes(epsilon) },
            { id: 'delta', label: t('publication.ledger.delta'), value: ({ delta }) => inPowers(delta) },
            { id: 'before', label: t('publication.ledger.before'), value: ({ before }) => inOnes(before.epsilon) },
            { id: 'after', label: t('publication.ledger.after'), value: ({ after }) => inOnes(after.epsilon) },
          ]}
        />
      )}
      {officer && !changing && (
        <Actions>
          <QuietButton onClick={() => setChanging(true)}>
            {budget ? t('publication.budget.change') : t('publication.budget.set')}
          </QuietButton>
        </Actions>
      )}
      {changing && (
        <BudgetForm
          ledger={ledger}
          onDone={() => {
            setChanging(false)
            onChanged()
          }}
          onGivenUp={() => setChanging(false)}
        />
      )}
    </li>
  )
}

function BudgetForm({
  ledger,
  onDone,
  onGivenUp,
}: {
  readonly ledger: Ledger
  readonly onDone: () => void
  readonly onGivenUp: () => void
}) {
  const t = useText()
  const desk = useDesk()
  const me = useSnapshot((snapshot) => snapshot.me)
  const budgets = useStreams('release-budget', projectBudget)
  const { refusal, busy, write } = useWrite()
  const [epsilon, setEpsilon] = useState(ledger.budget ? inOnes(ledger.budget.epsilon) : '4')
  const [exponent, setExponent] = useState('5')
  const [why, setWhy] = useState('')
  const title = ledger.budget ? t('publication.budget.change') : t('publication.budget.set')
  const save = async (): Promise<void> => {
    if (!me) return
    const said = {
      epsilon: Math.round((readDecimal(epsilon) ?? 0) * 1000),
      deltaExponent: readDecimal(exponent) ?? 0,
      why,
    }
    const { today } = desk.moment()
    const standing = theSmallest(budgets, ledger)
    const stream = StreamId.parse(crypto.randomUUID())
    const decided = standing
      ? changeBudget(standing.stream, said, ledger, today)
      : setBudget(stream, me.organisation, ledger.population, said, ledger, today)
    if (!(await write(decided))) return
    await desk.exchange()
    onDone()
  }
  return (
    <Form label={title} onSubmit={save}>
      <TextField
        label={t('publication.budget.epsilon')}
        why={t('publication.budget.epsilon-why')}
        inputMode="decimal"
        value={epsilon}
        onChange={setEpsilon}
      />
      <TextField
        label={t('publication.budget.delta')}
        why={t('publication.budget.delta-why')}
        inputMode="numeric"
        value={exponent}
        onChange={setExponent}
      />
      <TextField label={t('publication.budget.why')} value={why} onChange={setWhy} />
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={busy}>
          {title}
        </NextButton>
        <QuietButton onClick={onGivenUp}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}

/** Of two that were set apart the smaller counts: it is the one to change. */
function theSmallest(budgets: readonly Projected<Budget>[], { population }: Ledger): Projected<Budget> | undefined {
  const key = populationKey(population)
  return budgets
    .filter(({ state }) => populationKey(state.population) === key)
    .toSorted((a, b) => a.state.epsilon - b.state.epsilon)[0]
}
