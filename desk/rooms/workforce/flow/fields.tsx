import type { FlowCounts } from '@lentera/core/workforce/flow/capture'
import { Rank } from '@lentera/core/workforce/words'
import { Section, useText } from '@lentera/ui/parts'
import type { Typed } from '../../../device/use-kept-form.ts'
import type { Typing } from '../../records/typed-correction.tsx'
import { CountFields, isTyped, readCounts } from '../fields.tsx'
import styles from '../workforce.module.css'
import { sayRow } from './say.ts'

/** Every row that can be asked for: each rank, and of promotions each step up. */
const asked = [
  {
    happening: 'recruited',
    rows: Rank.options.map((rank) => ({ happening: 'recruited', rank, to: null }) as const),
  },
  {
    happening: 'promoted',
    rows: [
      { happening: 'promoted', rank: 'line', to: 'supervisory' },
      { happening: 'promoted', rank: 'supervisory', to: 'command' },
    ],
  },
  { happening: 'left', rows: Rank.options.map((rank) => ({ happening: 'left', rank, to: null }) as const) },
] as const

type Asked = Pick<FlowCounts, 'happening' | 'rank' | 'to'>

const nameOf = ({ happening, rank }: Asked): string => `${happening} ${rank}`

/** Who came, who rose, who left, rank by rank. */
export function FlowRowFields(typing: Typing) {
  const t = useText()
  return asked.map(({ happening, rows }) => (
    <Section key={happening} title={t(`flow.happening.${happening}`)} note={t(`flow.happening-why.${happening}`)}>
      {rows.map((row) => (
        <fieldset key={nameOf(row)} className={styles.rank}>
          <legend className={styles.legend}>{sayRow(row, t)}</legend>
          <CountFields {...typing} of={nameOf(row)} />
        </fieldset>
      ))}
    </Section>
  ))
}

/** The rows for which anything was typed; the others were not counted, which is not the same as nobody. */
export const readFlowRows = (typed: Typed): FlowCounts[] =>
  asked
    .flatMap(({ rows }): readonly Asked[] => rows)
    .filter((row) => isTyped(typed, nameOf(row)))
    .map((row) => ({ ...row, ...readCounts(typed, nameOf(row)) }))
