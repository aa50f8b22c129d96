import { correctSample, markSampleInError } from '@lentera/core/awareness/sample/capture'
import { projectSample, type Sample } from '@lentera/core/awareness/sample/project'
import { Question } from '@lentera/core/awareness/words'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import {
  Actions,
  EmptyState,
  Form,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useStreams } from '../../device/context.ts'
import { useWrite } from '../../device/use-write.ts'
import { InError } from '../records/in-error.tsx'
import styles from './awareness.module.css'
import { sayMarks, shareOfSample, typedNumber, useIsWriter } from './awareness-words.ts'
import { SampleFields, type SampleFieldsProps } from './sample-fields.tsx'

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
    sayMarks(state, unsent, t),
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
          {correcting && <Correct sample={sample} onDone={() => setCorrecting(false)} />}
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

function Correct({ sample: { stream, state }, onDone }: { sample: Projected<Sample>; onDone: () => void }) {
  const t = useText()
  const [typed, setTyped] = useState<SampleFieldsProps['typed']>({
    question: state.question ?? '',
    asked: String(state.asked),
    moreAware: String(state.moreAware),
  })
  const { refusal, busy, write } = useWrite()
  const save = async (): Promise<void> => {
    const question = Question.safeParse(typed.question).data
    const decided = question
      ? correctSample(stream, state, {
          question,
          asked: typedNumber(typed.asked),
          moreAware: typedNumber(typed.moreAware),
        })
      : refuse('awareness.no-question')
    if (await write(decided)) onDone()
  }
  return (
    <Form label={t('records.correct')} onSubmit={save}>
      <SampleFields typed={typed} set={(field, value) => setTyped({ ...typed, [field]: value })} />
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={busy}>
          {t('support.save')}
        </NextButton>
        <QuietButton onClick={onDone}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}
