import type { HumaneOption } from '@lentera/planner/plan'
import { QuietButton, Section, Tiles, useText } from '@lentera/ui/parts'
import styles from './cover.module.css'
import type { Fact } from './said-plan.ts'
import { sayOption, sayOptionNote } from './say-option.ts'
import { twinOf } from './say-page.ts'

type OptionsProps = {
  readonly options: readonly HumaneOption[]
  readonly chosen: HumaneOption['key'] | undefined
  readonly facts: (option: HumaneOption) => readonly Fact[]
  readonly onChoose: (key: HumaneOption['key']) => void
}

/** Three humane ways side by side: what each costs, whom it moves, and what it leaves open. */
export function Options({ options, chosen, facts, onChoose }: OptionsProps) {
  const t = useText()
  return (
    <Tiles least={250}>
      {options.map((option) => (
        <Section key={option.key} title={sayOption(option, t)} note={sayOptionNote(option, t)}>
          <Facts facts={facts(option)} />
          <SameAs option={option} options={options} />
          <QuietButton aria-pressed={option.key === chosen} onClick={() => onChoose(option.key)}>
            {option.key === chosen ? t('cover.option.chosen') : t('cover.option.choose')}
          </QuietButton>
        </Section>
      ))}
    </Tiles>
  )
}

/** Two ways may come to one and the same: then she is told so, and not left to look for a difference. */
function SameAs({ option, options }: { readonly option: HumaneOption } & Pick<OptionsProps, 'options'>) {
  const t = useText()
  const twin = twinOf(option, options)
  return twin ? <p>{t('cover.option.same', { option: sayOption(twin, t) })}</p> : null
}

export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl className={styles.facts}>
    {facts.map(([name, value]) => (
      <div key={name} className={styles.fact}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
