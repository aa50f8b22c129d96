import type { Gap, HumaneOption, Mending } from '@lentera/planner/plan'
import { Section, useFormat, useText } from '@lentera/ui/parts'
import recordStyles from '../../records/records.module.css'
import { isPriced, type Prices } from './prices.ts'
import { type Say, sayFacility, sayProof, sayWhy } from './say-plan.ts'

/** What stays open whatever is done, and why: a short proof, in words and numbers that anybody can check. */
export function Gaps({ gaps, option, say }: GapsProps) {
  const t = useText()
  const format = useFormat()
  if (gaps.length === 0) return null
  return (
    <Section title={t('cover.gaps', { count: gaps.length })} note={t('cover.gaps-note')}>
      <ul className={recordStyles.rows}>
        {gaps.map((gap) => (
          <li key={gap.post}>
            <details>
              <summary>
                {t('cover.gap', {
                  post: say.names.post(gap.post),
                  shifts: format.number(Math.ceil(gap.uncovered)),
                  why: sayWhy(gap, t),
                })}
              </summary>
              {sayProof(gap.proof, option, say).map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </details>
          </li>
        ))}
      </ul>
    </Section>
  )
}

type GapsProps = { readonly gaps: readonly Gap[]; readonly option: HumaneOption['key']; readonly say: Say }

/** What to mend first: where the next step wins the most for its cost. */
export function MendFirst({ mendings, say, prices }: MendFirstProps) {
  const t = useText()
  const format = useFormat()
  if (mendings.length === 0) return null
  return (
    <Section title={t('cover.mend-first')} note={t('cover.mend-note')}>
      <ol className={recordStyles.rows}>
        {mendings.slice(0, 10).map((mending) => (
          <li key={`${mending.post} ${mending.actions.map(({ kind }) => kind).join()} ${mending.facilities.join()}`}>
            {t('cover.mending', {
              post: say.names.post(mending.post),
              gain: format.number(Math.round(mending.gain)),
              cost: isKnown(mending, prices)
                ? `${format.number(mending.cost)} ${prices.currency}`.trim()
                : t('cover.cost-none'),
              steps: [
                ...mending.facilities.map((each) => sayFacility(each, t)),
                ...mending.actions
                  .filter(({ kind }) => kind !== 'facility')
                  .map(({ kind, count }) => t(`cover.step.${kind}`, { count })),
              ].join(', '),
            })}
          </li>
        ))}
      </ol>
    </Section>
  )
}

type MendFirstProps = { readonly mendings: readonly Mending[]; readonly say: Say; readonly prices: Prices }

const isKnown = ({ actions, facilities }: Mending, prices: Prices): boolean =>
  facilities.every((facility) => isPriced('facility', facility, prices)) &&
  actions.every(({ kind }) => kind === 'facility' || isPriced(kind, undefined, prices))
