import {
  type ComparedFigure,
  type NumberOf,
  nameOf,
  sayCounted,
  sayRecord,
  sayRecorded,
  sayReport,
  type Voice,
} from '@lentera/core/results/brochure'
import type { RecordedFigure } from '@lentera/core/results/publication-of-record'
import { LoadingState, QuietButton, RefusalNotice, useText } from '@lentera/ui/parts'
import { useEffect, useRef, useState } from 'react'
import { Door, type Opening } from '../door.tsx'
import { FigureTiles } from '../figure-tiles.tsx'
import results from '../results.module.css'
import { useFigures } from '../use-figures.ts'
import styles from './brochure.module.css'

type NumberDoorProps = {
  readonly of: NumberOf
  readonly lines: readonly ComparedFigure[]
  readonly voice: Voice
  readonly onClose: () => void
}

/** Where a number of the brochure comes from: what the record says, what is counted of it, how, and the source. */
export function NumberDoor({ of, lines, voice, onClose }: NumberDoorProps) {
  const { t } = voice
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [opening, setOpening] = useState<Opening | undefined>(undefined)
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
    // Else the way out is focused, which on a small screen lies below what the door is opened for.
    heading.current?.focus()
  }, [])
  const title =
    of.kind === 'record'
      ? nameOf(of.figure, voice) || t('brochure.over')
      : of.kind === 'fact'
        ? t(`fact.${of.fact.text}`)
        : t('brochure.door.road-map')
  return (
    <dialog ref={dialog} className={results.dialog} aria-label={title} onClose={onClose}>
      <h2 ref={heading} tabIndex={-1} className={results.doorTitle}>
        {title}
      </h2>
      {of.kind === 'record' && (
        <Recorded
          figure={of.figure}
          compared={lines.find(({ key }) => key === of.figure.key)}
          voice={voice}
          onOpen={setOpening}
        />
      )}
      <p className={styles.source}>
        {of.kind === 'record'
          ? sayRecord(voice)
          : of.kind === 'fact'
            ? sayReport([of.fact], voice)
            : t('brochure.source.road-map')}
      </p>
      <QuietButton onClick={() => dialog.current?.close()}>{t('results.close')}</QuietButton>
      {opening && <Door opening={opening} onClose={() => setOpening(undefined)} />}
    </dialog>
  )
}

type RecordedProps = {
  readonly figure: RecordedFigure
  readonly compared: ComparedFigure | undefined
  readonly voice: Voice
  readonly onOpen: (opening: Opening) => void
}

function Recorded({ figure, compared, voice, onOpen }: RecordedProps) {
  const { t } = voice
  const parts = figure.parts?.map(({ country, value }) => `${t(`country.${country}`)} ${voice.number(value)}`)
  const keys = [...new Set([figure.indicator ?? [], figure.companions ?? []].flat())]
  return (
    <>
      <p>
        {t('brochure.door.says', { recorded: sayRecorded(figure, voice) })}
        {parts && ` ${parts.join(', ')}.`}
      </p>
      {compared && (
        <p className={compared.agrees ? styles.agrees : styles.differs}>
          {compared.agrees
            ? t('brochure.agrees')
            : t('brochure.door.differs', { counted: sayCounted(compared.counted, voice) })}
        </p>
      )}
      {figure.indicator && <p className={styles.cited}>{t(`definition.${figure.indicator}`)}</p>}
      {keys.length > 0 && <OwnBoard keys={keys} onOpen={onOpen} />}
    </>
  )
}

/** The same indicators as this reader's own board shows them: live or as of a cut-off, protected as her rights say. */
function OwnBoard({ keys, onOpen }: { readonly keys: readonly string[]; readonly onOpen: RecordedProps['onOpen'] }) {
  const t = useText()
  const { answer } = useFigures('all')
  if (answer === undefined) return <LoadingState lines={1} />
  if (!answer.ok) return <RefusalNotice refusal={answer.refusal} />
  const figures = keys.flatMap((key) => answer.value.filter((each) => each.key === key && each.scope !== 'published'))
  if (figures.length === 0) return <p>{t('brochure.door.not-yours')}</p>
  return (
    <>
      <h3 className={styles.board}>{t('brochure.door.board')}</h3>
      <div className={styles.tiles}>
        <FigureTiles figures={figures} onOpen={onOpen} />
      </div>
    </>
  )
}
