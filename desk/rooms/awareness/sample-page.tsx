import { correctSample, markSampleInError } from '@lentera/core/awareness/sample/capture'
import { projectSample, type Sample } from '@lentera/core/awareness/sample/project'
import { Question } from '@lentera/core/awareness/words'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { EmptyState, PageTitle, QuietButton, Section, Stack, useFormat, useText } from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useStreams } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { InError } from '../records/in-error.tsx'
import { marksOf } from '../records/say.ts'
import { Correct } from '../records/typed-correction.tsx'
import styles from './awareness.module.css'
import { shareOfSample, typedNumber, useIsWriter } from './awareness-words.ts'
import { SampleFields } from './sample-fields.tsx'

/** One sample: the share of those asked who knew more after, with what asking only them leaves open. */
export function SamplePage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const sample = useStreams('sample', projectSample).find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!sample)
    return (
      <EmptyState title={t('awareness.not-here')} action={<Link to="/awareness">{t('awareness.back')}</Link>}>
        {t('awareness.not-here-text')}
      </EmptyState>
    )
  return <OneSample sample={sample} />
}

function OneSample({ sample }: { readonly sample: Projected<Sample> }) {
  const t = useText()
  const format = useFormat()
  const isWriter = useIsWriter()
  const [correcting, setCorrecting] = useState(false)
  const { state, stream, unsent } = sample
  const { asked, moreAware } = state
  const { share, low, high } = shareOfSample(state, format)
  const under = [
    format.date(state.askedOn),
    state.question ? t(`question.${state.question}`) : t('results.unsettled'),
    ...marksOf({ state, unsent }, t),
  ]
  return (
    <>
      <PageTitle
        over={<Link to="/awareness">{t('awareness.back')}</Link>}
        under={under.filter((each) => each !== '').join(' · ')}
      >
        {t('awareness.sample.title', { share })}
      </PageTitle>
      <Stack>
        <Section title={t('awareness.sample.what')} note={t('awareness.sample.never')}>
          <p className={styles.said}>{t('results.sample', { said: moreAware, asked, low, high })}</p>
          {isWriter && !correcting && (
            <QuietButton onClick={() => setCorrecting(true)}>{t('records.correct')}</QuietButton>
          )}
          {correcting && <Correcting sample={sample} onDone={() => setCorrecting(false)} />}
        </Section>
        {isWriter && (
          <InError
            says={t('awareness.in-error.mark')}
            isInError={state.enteredInError}
            mark={(isInError) => markSampleInError(stream, state, isInError)}
          />
        )}
      </Stack>
    </>
  )
}

function Correcting({ sample: { stream, state }, onDone }: { sample: Projected<Sample>; onDone: () => void }) {
  const stood = { question: state.question ?? '', asked: String(state.asked), moreAware: String(state.moreAware) }
  const decide = (typed: Typed) => {
    const question = Question.safeParse(typed.question).data
    const [asked, moreAware] = [typedNumber(typed.asked), typedNumber(typed.moreAware)]
    return question ? correctSample(stream, state, { question, asked, moreAware }) : refuse('awareness.no-question')
  }
  return <Correct stood={stood} fields={(typing) => <SampleFields {...typing} />} decide={decide} onDone={onDone} />
}
