import { brochureFacts } from '@lentera/core/evidence/cited'
import {
  type NumberOf,
  type SaidLine,
  type SaidPiece,
  type SaidSection,
  type Standing,
  sayBrochure,
  saySources,
  type Voice,
} from '@lentera/core/results/brochure'
import {
  FailedState,
  LoadingState,
  OfflineState,
  PageTitle,
  RefusalNotice,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Fragment, useMemo, useState } from 'react'
import { useAnswer } from '../../../device/use-answer.ts'
import styles from './brochure.module.css'
import { DownloadPdf } from './download-pdf.tsx'
import { NumberDoor } from './number-door.tsx'
import { type Compared, parseCompared } from './words.ts'

/** The publication of record, sentence by sentence, beside what is counted here; every number opens its door. */
export function BrochurePage() {
  const t = useText()
  const { answer, reload } = useAnswer('/api/brochure', parseCompared)
  if (answer?.ok) return <Brochure compared={answer.value} />
  return (
    <>
      <PageTitle over={t('brochure.over')}>{t('brochure.nav')}</PageTitle>
      {answer === undefined ? (
        <LoadingState label={t('brochure.loading')} />
      ) : answer.refusal.code === 'desk.offline' ? (
        <OfflineState onRetry={reload}>{t('brochure.offline')}</OfflineState>
      ) : (
        <FailedState onRetry={reload}>
          <RefusalNotice refusal={answer.refusal} />
        </FailedState>
      )}
    </>
  )
}

function Brochure({ compared: { asOf, lines } }: { readonly compared: Compared }) {
  const voice = useVoice()
  const { t } = voice
  const [opened, setOpened] = useState<NumberOf | undefined>(undefined)
  const sections = sayBrochure(voice, brochureFacts, lines)
  return (
    <>
      <PageTitle over={t('brochure.over')} under={t('brochure.under')}>
        {t('brochure.title')}
      </PageTitle>
      <Stack>
        <DownloadPdf />
        {sections.map((section) => (
          <Section key={section.key} title={t(`brochure.section.${section.key}`)}>
            {section.lines.map((line) => (
              <Line key={line.key} line={line} onOpen={setOpened} />
            ))}
            {section.key === 'why' && <Objectives sections={sections} />}
          </Section>
        ))}
        <p className={styles.donors}>{t('brochure.donors')}</p>
        <Section title={t('brochure.sources')}>
          <ul className={styles.sources}>
            {saySources(voice, brochureFacts, asOf).map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </Section>
      </Stack>
      {opened && <NumberDoor of={opened} lines={lines} voice={voice} onClose={() => setOpened(undefined)} />}
    </>
  )
}

function useVoice(): Voice {
  const t = useText()
  const format = useFormat()
  return useMemo(() => ({ ...format, t }), [format, t])
}

function Objectives({ sections }: { readonly sections: readonly SaidSection[] }) {
  const t = useText()
  return (
    <>
      <p>{t('brochure.together')}</p>
      <ol className={styles.objectives}>
        {sections
          .filter(({ key }) => key !== 'why')
          .map(({ key }) => (
            <li key={key}>{t(`brochure.section.${key}`)}</li>
          ))}
      </ol>
    </>
  )
}

function Line({ line, onOpen }: { readonly line: SaidLine; readonly onOpen: (of: NumberOf) => void }) {
  return (
    <div className={styles.line}>
      <p className={styles.sentence}>
        {line.pieces.map(({ text, of }, at) => {
          const [before, after] = [line.pieces[at - 1], line.pieces[at + 1]]
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence never move
          if (!of) return <Fragment key={at}>{betweenNumbers(text, before, after)}</Fragment>
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence never move
            <span key={at} className={styles.held}>
              {opensIn(before)}
              <button type="button" className={styles.number} onClick={() => onOpen(of)}>
                {text}
              </button>
              {closesIn(after)}
            </span>
          )
        })}
      </p>
      {line.sources.length > 0 && <p className={styles.cited}>{line.sources.join('; ')}</p>}
      {line.standing && <Stands standing={line.standing} />}
    </div>
  )
}

/** A line may end at a button as it may at a picture: so the signs that hang on a number are held together with it. */
const opening = /[([“]+$/
const closing = /^[)\]”.,:;၊။]+/
const opensIn = (piece: SaidPiece | undefined): string => opening.exec(piece?.text ?? '')?.[0] ?? ''
const closesIn = (piece: SaidPiece | undefined): string => closing.exec(piece?.text ?? '')?.[0] ?? ''
const betweenNumbers = (text: string, before: SaidPiece | undefined, after: SaidPiece | undefined): string => {
  const from = before?.of ? text.replace(closing, '') : text
  return after?.of ? from.replace(opening, '') : from
}

function Stands({ standing: { agrees, text, which, more } }: { readonly standing: Standing }) {
  return (
    <>
      <p className={agrees ? styles.agrees : styles.differs}>{text}</p>
      {which && <p className={styles.cited}>{which}</p>}
      {more.length > 0 && (
        <ul className={styles.more}>
          {more.map(({ indicator, text: said }) => (
            <li key={indicator}>
              {indicator}: <strong>{said}</strong>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
