import { quarterOf } from '@lentera/core/shared/dates'
import { answerConsent, withdrawConsent } from '@lentera/core/support/story/capture'
import { standingOf } from '@lentera/core/support/story/project'
import { Asked, latestExpiry } from '@lentera/core/support/story/words'
import {
  Actions,
  CheckField,
  DateField,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedStory } from '../../device/desk.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { KeptForm } from '../records/kept-form.tsx'
import { readQuarter } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import type { Typing } from '../records/typed-correction.tsx'
import { CopyList } from './copies.tsx'
import styles from './story.module.css'

type ConsentsProps = { readonly of: OpenedStory; readonly isOpen: boolean }

/** What she agreed to, use by use; one touch takes it back. */
export function Consents({ of, isOpen }: ConsentsProps) {
  const t = useText()
  const desk = useDesk()
  const [asking, setAsking] = useState(false)
  const [withdrawn, setWithdrawn] = useState(false)
  const { refusal, busy, write } = useWrite()
  const { stream, story } = of
  const { today } = desk.moment()
  const withdraw = async (what: Asked | 'all'): Promise<void> => {
    if (await write(withdrawConsent(stream, what, desk.moment()))) setWithdrawn(true)
  }
  const isAllWithdrawn = Asked.options.every((asked) => standingOf(story, asked, today) === 'withdrawn')
  return (
    <Section title={t('story.consents')} note={t('story.consents-why')}>
      <ul className={`${recordStyles.list} ${styles.uses}`}>
        {Asked.options.map((asked) => {
          const standing = standingOf(story, asked, today)
          return (
            <li key={asked}>
              <span className={recordStyles.name}>{t(`story.use.${asked}`)}</span>
              <Standing of={of} asked={asked} />
              {(standing === 'given' || standing === 'expired') && (
                <QuietButton
                  disabled={busy}
                  aria-label={t('story.withdraw-use', { use: t(`story.use.${asked}`) })}
                  onClick={() => withdraw(asked)}
                >
                  {t('story.withdraw')}
                </QuietButton>
              )}
            </li>
          )
        })}
      </ul>
      <div role="status">
        {withdrawn && (
          <>
            <p>{t('story.withdrawn-said')}</p>
            <CopyList of={of} />
          </>
        )}
      </div>
      {refusal && <RefusalNotice refusal={refusal} />}
      {asking ? (
        <Ask of={of} onDone={() => setAsking(false)} />
      ) : (
        <Actions>
          {isOpen && <QuietButton onClick={() => setAsking(true)}>{t('story.ask')}</QuietButton>}
          {!isAllWithdrawn && (
            <QuietButton disabled={busy} onClick={() => withdraw('all')}>
              {t('story.withdraw-all')}
            </QuietButton>
          )}
        </Actions>
      )}
    </Section>
  )
}

function Standing({ of: { story }, asked }: { readonly of: OpenedStory; readonly asked: Asked }) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const consent = story.consents[asked]
  const until = consent?.answer === 'given' ? format.date(consent.until) : ''
  return (
    <span className={recordStyles.quiet}>
      {t(`story.consent.${standingOf(story, asked, desk.moment().today)}`, { until })}
    </span>
  )
}

/** Asked by somebody who controls no aid, after the warning: what is not answered stays as it was. */
function Ask({ of: { stream, story }, onDone }: { readonly of: OpenedStory; readonly onDone: () => void }) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const { today } = desk.moment()
  const decide = (typed: Typed) => {
    const answers = Object.fromEntries(
      Asked.options.flatMap((asked) => {
        const answer = typed[asked]
        return answer === 'given' || answer === 'refused' ? [[asked, answer]] : []
      }),
    )
    const [warningRead, askerControlsNoAid] = [typed.warningRead === 'yes', typed.askerControlsNoAid === 'yes']
    const said = { answers, until: readQuarter({ quarter: typed.until ?? '' }), warningRead, askerControlsNoAid }
    return answerConsent(stream, story, said, desk.moment())
  }
  const fields = ({ typed, set }: Typing) => (
    <>
      <p className={styles.warning}>{t('story.warning')}</p>
      <CheckField
        label={t('story.asker-no-aid')}
        why={t('story.asker-no-aid-why')}
        checked={typed.askerControlsNoAid === 'yes'}
        onChange={(is) => set('askerControlsNoAid', is ? 'yes' : '')}
      />
      <CheckField
        label={t('story.warning-read')}
        checked={typed.warningRead === 'yes'}
        onChange={(is) => set('warningRead', is ? 'yes' : '')}
      />
      {Asked.options.map((asked) => (
        <SelectField
          key={asked}
          label={t(`story.use.${asked}`)}
          empty={t('story.answer.open')}
          value={typed[asked] ?? ''}
          choices={[
            { value: 'given', label: t('story.answer.given') },
            { value: 'refused', label: t('story.answer.refused') },
          ]}
          onChange={(value) => set(asked, value)}
        />
      ))}
      <DateField
        label={t('story.until')}
        why={t('story.until-why', { latest: format.date(latestExpiry(quarterOf(today) ?? today)) })}
        finest="quarter"
        value={readQuarter({ quarter: typed.until ?? '' }) ?? null}
        onChange={(quarter) => set('until', quarter ?? '')}
      />
    </>
  )
  return (
    <KeptForm
      name={`story ${stream} consent`}
      label={t('story.ask')}
      fields={fields}
      save={t('story.ask-save')}
      decide={decide}
      onSaved={onDone}
      onGivenUp={onDone}
    />
  )
}
