import type { HumaneOption } from '@lentera/planner/plan'
import { QuietButton, Section, Tiles, useFormat, useText } from '@lentera/ui/parts'
import styles from './cover.module.css'

type OptionsProps = {
  readonly options: readonly HumaneOption[]
  readonly chosen: HumaneOption['key'] | undefined
  readonly currency: string
  readonly onChoose: (key: HumaneOption['key']) => void
}

/** Three humane ways side by side: what each costs, whom it moves, and what it leaves open. */
export function Options({ options, chosen, currency, onChoose }: OptionsProps) {
  const t = useText()
  return (
    <Tiles least={250}>
      {options.map((option) => (
        <Section key={option.key} title={t(`cover.option.${option.key}`)} note={t(`cover.option.${option.key}-note`)}>
          <OptionFacts option={option} currency={currency} />
          <QuietButton aria-pressed={option.key === chosen} onClick={() => onChoose(option.key)}>
            {option.key === chosen ? t('cover.option.chosen') : t('cover.option.choose')}
          </QuietButton>
        </Section>
      ))}
    </Tiles>
  )
}

export function OptionFacts({ option, currency }: { readonly option: HumaneOption; readonly currency: string }) {
  const t = useText()
  const format = useFormat()
  const { plan } = option
  const last = option.problem.years
  const inLastYear = plan.after.filter(({ year }) => year === last)
  const full = inLastYear.filter(({ covered, needed }) => covered >= needed).length
  const facts: readonly (readonly [string, string])[] = [
    [t('cover.posts-full'), t('cover.of', { part: full, whole: inLastYear.length })],
    [t('cover.uncovered'), format.number(Math.round(option.uncovered))],
    [
      t('cover.cost'),
      plan.cost === 0 ? t('cover.cost-none') : `${format.number(Math.round(plan.cost))} ${currency}`.trim(),
    ],
    [t('cover.moved'), format.number(option.moved)],
    [t('cover.trained'), format.number(option.trained)],
    [t('cover.hired'), format.number(option.hired)],
    [t('cover.how-good'), t(plan.status === 'proven' ? 'cover.proven' : 'cover.stopped')],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
