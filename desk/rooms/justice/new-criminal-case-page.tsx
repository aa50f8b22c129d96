import { quarterOf } from '@lentera/core/shared/dates'
import { type CriminalCaseSealed, Stage } from '@lentera/core/support/justice/words'
import { Section, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useDesk } from '../../device/context.ts'
import { NewStream } from '../records/new-stream.tsx'
import { readQuarter } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { QuarterField, SealedTexts, StageField } from './fields.tsx'

/** What is asked at first; hearings, officials and notes can wait. */
const asked = ['name', 'court', 'charge'] as const satisfies readonly CriminalCaseSealed[]

/** Begins to follow a criminal case, at whatever stage it is found. Nothing is asked about a survivor. */
export function NewCriminalCasePage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const blank = useMemo(() => ({ quarter: quarterOf(desk.moment().today) ?? '' }), [desk])
  return (
    <NewStream
      name="new-criminal-case"
      title={t('justice.new.title')}
      under={t('justice.new.under')}
      back={<Link to="/justice">{t('justice.back')}</Link>}
      blank={blank}
      sections={(typing) => (
        <>
          <Section title={t('justice.counted')} note={t('justice.counted-why')}>
            <div className={recordStyles.fields}>
              <StageField {...typing} />
              <QuarterField {...typing} />
            </div>
          </Section>
          <Section title={t('justice.sealed')} note={t('justice.sealed-why')}>
            <div className={recordStyles.fields}>
              <SealedTexts {...typing} fields={asked} />
            </div>
          </Section>
        </>
      )}
      save={t('justice.new.do')}
      open={(typed) =>
        desk.openCriminalCase({
          stage: Stage.safeParse(typed.stage).data,
          quarter: readQuarter(typed),
          opened: Object.fromEntries(asked.map((field) => [field, typed[field]])),
        })
      }
      onLeft={(stream) => navigate(stream ? { to: '/justice/$stream', params: { stream } } : { to: '/justice' })}
    />
  )
}
