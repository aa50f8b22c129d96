import { StreamId } from '@lentera/core/shared/ids'
import type { Refusal } from '@lentera/core/shared/refusals'
import { handIn, wrongWords } from '@lentera/core/workforce/research/capture'
import { projectSurvey, type Survey } from '@lentera/core/workforce/research/project'
import type { Instrument } from '@lentera/core/workforce/research/words'
import { loadSurveyCatalogue } from '@lentera/ui/catalogues/load-survey'
import {
  Actions,
  CheckField,
  DraftLanguageNotice,
  EmptyState,
  Form,
  LenteraProvider,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { isLanguage, type Language, languages } from '@lentera/ui/tokens/scripts'
import { useEffect, useRef, useState } from 'react'
import { useDesk, useSnapshot, useStreams } from '../../../../device/context.ts'
import { usePreferences, useWords } from '../../../../shell/preferences.ts'
import { sayInstrument } from '../say.ts'
import styles from './handed-over.module.css'
import { blankSheet, type Filled, Questions } from './questions.tsx'

/**
 * The whole screen of a device that goes from officer to officer: the questionnaire in the language she chooses, a word of thanks, and
 * the next officer. What was answered cannot be opened again. The one way out locks the desk.
 */
export function HandedOver({ survey: stream }: { readonly survey: StreamId }) {
  const desk = useDesk()
  const { language: ofDesk, theme } = usePreferences()
  const zone = useSnapshot(({ me }) => me?.zone)
  const [language, setLanguage] = useState<Language>(ofDesk)
  const words = useWords<Language>(language, loadSurveyCatalogue)
  const surveys = useStreams('survey', projectSurvey)
  const survey = surveys.find((each) => each.stream === stream)?.state
  // The desk behind it speaks its own language again.
  useEffect(() => {
    return () => {
      document.documentElement.lang = ofDesk
    }
  }, [ofDesk])
  if (!words) return <LoadingState />
  return (
    <LenteraProvider catalogue={words} zone={zone ?? 'UTC'} theme={theme}>
      <main id="content" className={styles.handed}>
        {survey?.instrument ? (
          <Officers
            stream={stream}
            survey={survey}
            instrument={survey.instrument}
            onLanguage={setLanguage}
            onEnd={() => desk.lock()}
          />
        ) : (
          <NotHere onEnd={() => desk.lock()} />
        )}
      </main>
    </LenteraProvider>
  )
}

function NotHere({ onEnd }: { readonly onEnd: () => void }) {
  const t = useText()
  return (
    <EmptyState title={t('research.not-here')} action={<GiveBack onEnd={onEnd} />}>
      {t('research.not-here-text')}
    </EmptyState>
  )
}

function GiveBack({ onEnd }: { readonly onEnd: () => void }) {
  const t = useText()
  return <QuietButton onClick={onEnd}>{t('research.give-back')}</QuietButton>
}

type OfficersProps = {
  readonly stream: StreamId
  readonly survey: Survey
  readonly instrument: Instrument
  readonly onLanguage: (language: Language) => void
  readonly onEnd: () => void
}

/** One after another: each begins with an empty sheet. */
function Officers(props: OfficersProps) {
  const t = useText()
  const [at, setAt] = useState<'begin' | 'answer' | 'thanks'>('begin')
  const [seen, setSeen] = useState(at)
  useEffect(() => {
    // Each step begins at its top, whoever scrolled before.
    window.scrollTo(0, 0)
    const timer = setTimeout(() => setSeen(at), settlesIn)
    return () => clearTimeout(timer)
  }, [at])
  return (
    // A press that was meant for the step before does nothing here: nobody passes by the promises, or over her thanks, by pressing twice.
    <div inert={seen !== at}>
      {at === 'begin' && <Begin {...props} onBegin={() => setAt('answer')} />}
      {at === 'answer' && <Sheet {...props} onHandedIn={() => setAt('thanks')} onLeft={() => setAt('begin')} />}
      {at === 'thanks' && (
        <>
          <PageTitle under={t('research.thanks-text')}>{t('research.thanks')}</PageTitle>
          <Actions>
            <NextButton onClick={() => setAt('begin')}>
              {props.instrument.mode === 'interview' ? t('research.next-interview') : t('research.next-officer')}
            </NextButton>
            <GiveBack onEnd={props.onEnd} />
          </Actions>
        </>
      )}
    </div>
  )
}

/** Milliseconds in which a step that has just come takes no press: longer than a double press of a slow hand. */
const settlesIn = 700

function Begin({
  survey,
  instrument,
  onLanguage,
  onBegin,
  onEnd,
}: Omit<OfficersProps, 'stream'> & { readonly onBegin: () => void }) {
  const t = useText()
  const format = useFormat()
  return (
    <>
      {/* Before everything that she may not be able to read, and so that no language moves away under her finger. */}
      <fieldset className={styles.languages}>
        <legend>{t('research.your-language')}</legend>
        {instrument.languages.filter(isLanguage).map((language) => (
          <QuietButton key={language} aria-pressed={language === format.language} onClick={() => onLanguage(language)}>
            <span lang={language}>{languages[language].name}</span>
          </QuietButton>
        ))}
      </fieldset>
      <PageTitle over={survey.name} under={t(`research.instrument.${instrument.key}.purpose`)}>
        {sayInstrument(instrument, t)}
      </PageTitle>
      <Stack>
        <DraftLanguageNotice />
        {instrument.mode === 'interview' ? (
          <Consent onGiven={onBegin} onEnd={onEnd} />
        ) : (
          <>
            <ul className={styles.promises}>
              <li>{t('research.promise.nobody')}</li>
              <li>{t('research.promise.groups')}</li>
              <li>{t('research.promise.skip')}</li>
              <li>{t('research.promise.final')}</li>
              <li>{t('research.promise.log')}</li>
            </ul>
            <Actions>
              <NextButton onClick={onBegin}>{t('research.begin')}</NextButton>
              <GiveBack onEnd={onEnd} />
            </Actions>
          </>
        )}
      </Stack>
    </>
  )
}

/** Read aloud in her language before anything is asked. That she says no is written nowhere: there is no button for it but the way back. */
function Consent({ onGiven, onEnd }: { readonly onGiven: () => void; readonly onEnd: () => void }) {
  const t = useText()
  const [isRead, setRead] = useState(false)
  return (
    <>
      <Section title={t('research.consent')} note={t('research.consent-note')}>
        <ul className={styles.promises}>
          <li>{t('research.consent.what')}</li>
          <li>{t('research.consent.free')}</li>
          <li>{t('research.consent.known')}</li>
          <li>{t('research.consent.counts')}</li>
          <li>{t('research.consent.words')}</li>
          <li>{t('research.promise.final')}</li>
          <li>{t('research.promise.log')}</li>
        </ul>
      </Section>
      <CheckField label={t('research.consent.read')} checked={isRead} onChange={setRead} />
      <Actions>
        <NextButton disabled={!isRead} onClick={onGiven}>
          {t('research.consent.yes')}
        </NextButton>
        <GiveBack onEnd={onEnd} />
      </Actions>
    </>
  )
}

/**
 * Her answers, and handing them in. Refused: `research.survey-closed`, `research.no-consent`, `research.no-agency-said`,
 * `research.nothing-answered`, `research.answer-not-offered`, `research.words-too-long`, `desk.device-not-ready`, `desk.travelling`,
 * `desk.storage-full`; of another reason the code stands under a sentence for whoever helps.
 */
function Sheet({ stream, survey, instrument, onHandedIn, onLeft }: SheetProps) {
  const t = useText()
  const desk = useDesk()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [filled, setFilled] = useState<Filled>(blankSheet)
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  const isHandingIn = useRef(false)
  const isInterview = instrument.mode === 'interview'
  // Words that are written already: were they written again, one officer's would be two's.
  const written = useRef(new Set<string>())
  if (!me) return <LoadingState label={t('ui.loading')} />
  const save = async (): Promise<void> => {
    // Before the button is drawn anew: a sheet is handed in once, however often it is pressed.
    if (isHandingIn.current) return
    isHandingIn.current = true
    setBusy(true)
    const refused = await handInSheet().finally(() => {
      isHandingIn.current = false
      setBusy(false)
    })
    setRefusal(refused)
    if (!refused) onHandedIn()
  }
  const handInSheet = async (): Promise<Refusal | undefined> => {
    const { sex, agency, answers, words } = filled
    const said = Object.entries(words).filter(
      ([question, text]) => text.trim() !== '' && !written.current.has(question),
    )
    for (const [, text] of said) {
      const wrong = wrongWords(text)
      if (wrong) return wrong
    }
    const sheet = {
      stream: StreamId.parse(crypto.randomUUID()),
      survey: stream,
      organisation: me.organisation,
      sex: sex ?? ('unknown' as const),
      agency: agency ?? undefined,
      answers,
      ...(isInterview ? { consent: 'read-and-given' as const } : {}),
    }
    const decided = handIn(sheet, survey, desk.moment())
    if (!decided.ok) return decided.refusal
    // Her words first: were they refused after her sheet, handing in again would count her twice.
    for (const [question, text] of said) {
      const remark = await desk.writeRemark({ survey: stream, question, text })
      if (!remark.ok) return remark.refusal
      written.current.add(question)
    }
    const sheetWritten = await desk.write(decided.value)
    return sheetWritten.ok ? undefined : sheetWritten.refusal
  }
  return (
    <>
      <PageTitle under={isInterview ? t('research.interview-under') : t('research.sheet-under')}>
        {sayInstrument(instrument, t)}
      </PageTitle>
      <Form label={sayInstrument(instrument, t)} onSubmit={save}>
        <Stack>
          <Questions
            survey={survey}
            instrument={instrument}
            filled={filled}
            change={(some) => {
              setRefusal(undefined)
              setFilled((now) => ({ ...now, ...some }))
            }}
            mayWrite={me.team !== null}
          />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('research.hand-in')}
            </NextButton>
            <QuietButton onClick={onLeft}>{t('research.leave-out')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}

type SheetProps = Omit<OfficersProps, 'onLanguage' | 'onEnd'> & {
  readonly onHandedIn: () => void
  /** Without handing anything in. */
  readonly onLeft: () => void
}
