import { findImported, importDataSet, nameOfTable, published } from '@lentera/core/evidence/capture'
import { CivilDate } from '@lentera/core/shared/dates'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal } from '@lentera/core/shared/refusals'
import {
  Actions,
  CheckField,
  NextButton,
  ProgressBar,
  QuietButton,
  RefusalNotice,
  Section,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useEffect, useRef, useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { DataSet } from './board.ts'
import styles from './evidence.module.css'
import { ImportReport } from './import-report.tsx'
import type { ReadRun } from './import-words.ts'
import { type Progress, type Reading, readApart } from './read-apart.ts'

type Stage =
  | { readonly at: 'waiting' }
  | { readonly at: 'reading'; readonly progress: Progress | undefined }
  | { readonly at: 'read'; readonly run: ReadRun; readonly file: string }
  | { readonly at: 'done'; readonly changed: boolean }

/** Where a steward brings a published table: dropped or chosen, read apart, reported, and imported when she says so. */
export function ImportPanel({
  dataSets,
  strays,
  onImported,
}: {
  readonly dataSets: readonly DataSet[]
  /** How many files were dropped beside the place for them. */
  readonly strays: number
  readonly onImported: () => void
}) {
  const t = useText()
  const desk = useDesk()
  const [stage, setStage] = useState<Stage>({ at: 'waiting' })
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined)
  /** What its reader gave up on: the file itself is as it was. */
  const [again, setAgain] = useState<File | undefined>(undefined)
  const reading = useRef<Reading | undefined>(undefined)
  useEffect(() => () => reading.current?.stop(), [])
  const notice = useRef<HTMLDivElement>(null)
  const heard = useRef(strays)
  useEffect(() => {
    if (heard.current === strays) return
    heard.current = strays
    const isBusy = stage.at === 'reading' || stage.at === 'read'
    if (stage.at === 'done') setStage({ at: 'waiting' })
    setRefusal(isBusy ? oneAtATime : { code: 'evidence.dropped-beside', values: {} })
  }, [strays, stage.at])
  useEffect(() => {
    // She may have dropped it far from here.
    if (refusal) notice.current?.scrollIntoView({ block: 'nearest' })
  }, [refusal])

  const bring = async (file: File): Promise<void> => {
    setRefusal(undefined)
    setAgain(undefined)
    setStage({ at: 'reading', progress: undefined })
    const read = await file.arrayBuffer().catch(() => undefined)
    if (!read) {
      setStage({ at: 'waiting' })
      return setRefusal({ code: 'evidence.file-gone', values: {} })
    }
    const bytes = new Uint8Array(read)
    reading.current = readApart(bytes, desk.moment().today, (progress) => setStage({ at: 'reading', progress }))
    const run = await reading.current.run
    reading.current = undefined
    if (!run.ok) {
      setStage({ at: 'waiting' })
      setAgain(run.refusal.code === 'evidence.reader-stopped' ? file : undefined)
      return setRefusal(run.refusal)
    }
    setRefusal(undefined)
    setStage({ at: 'read', run: run.value, file: file.name })
  }
  const another = (): void => {
    setRefusal(undefined)
    setStage({ at: 'waiting' })
  }

  return (
    <Section title={t('evidence.import.title')} note={t('evidence.import.note')}>
      <div className={styles.stack}>
        {stage.at === 'waiting' && <DropPlace onFile={bring} onRefused={setRefusal} />}
        {stage.at === 'reading' && (
          <ProgressBar
            label={t(`evidence.import.${stage.progress?.stage ?? 'reading'}`)}
            done={stage.progress?.done ?? 0}
            total={stage.progress?.of ?? null}
            onStop={() => reading.current?.stop()}
          />
        )}
        {stage.at === 'read' && (
          <Confirm
            run={stage.run}
            file={stage.file}
            dataSets={dataSets}
            onGiveUp={another}
            onDone={(changed) => {
              setRefusal(undefined)
              setStage({ at: 'done', changed })
              if (changed) onImported()
            }}
          />
        )}
        {stage.at === 'done' && (
          <>
            <p role="status">{stage.changed ? t('evidence.import.done') : t('evidence.import.same')}</p>
            <Actions>
              <QuietButton onClick={another}>{t('evidence.import.another')}</QuietButton>
            </Actions>
          </>
        )}
        {refusal && (
          <div ref={notice}>
            <RefusalNotice
              refusal={refusal}
              action={again && <QuietButton onClick={() => bring(again)}>{t('ui.failed.retry')}</QuietButton>}
            />
          </div>
        )}
      </div>
    </Section>
  )
}

const oneAtATime: Refusal = { code: 'evidence.one-at-a-time', values: {} }

function DropPlace({
  onFile,
  onRefused,
}: {
  readonly onFile: (file: File) => void
  readonly onRefused: (refusal: Refusal) => void
}) {
  const t = useText()
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the pointer; the button inside does the same
    <div
      className={styles.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const { files, items } = event.dataTransfer
        const [file] = files
        if (files.length > 1) onRefused(oneAtATime)
        // A folder comes as a file without bytes; only its entry tells.
        else if (items[0]?.webkitGetAsEntry()?.isDirectory) onRefused({ code: 'evidence.is-a-folder', values: {} })
        else if (file) onFile(file)
      }}
    >
      <span>{t('evidence.import.drop')}</span>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx,.gz"
        aria-label={t('evidence.import.choose')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
      <QuietButton onClick={() => input.current?.click()}>{t('evidence.import.choose')}</QuietButton>
    </div>
  )
}

function Confirm({
  run,
  file,
  dataSets,
  onGiveUp,
  onDone,
}: {
  readonly run: ReadRun
  /** Its name, which often carries the edition. */
  readonly file: string
  readonly dataSets: readonly DataSet[]
  readonly onGiveUp: () => void
  readonly onDone: (changed: boolean) => void
}) {
  const t = useText()
  const desk = useDesk()
  const [edition, setEdition] = useState<string>(run.edition ?? /\d{4}-\d{2}-\d{2}/.exec(file)?.[0] ?? '')
  const [leaveOut, setLeaveOut] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined)
  const dataset = published[run.table.dataset]
  const known = findImported(run, dataSets)

  const confirm = async (): Promise<Decision<boolean>> => {
    const bytes = new Uint8Array(run.content)
    const command = {
      stream: StreamId.parse(randomUuid(crypto.getRandomValues(new Uint8Array(16)))),
      hash: run.hash,
      edition,
      leaveOutUnreadable: leaveOut,
      rowsHash: run.rowsHash,
      imported: dataSets,
    }
    const drafts = importDataSet(run, command, desk.moment().today)
    if (!drafts.ok) return drafts
    if (drafts.value.length === 0) return accept(false)
    // The bytes first: an entry whose bytes the server has not is refused.
    const sent = await desk.sendBytes(`/api/evidence/blobs/${run.hash}`, bytes)
    if (!sent.ok) return sent
    const written = await desk.write(drafts.value)
    if (!written.ok) return written
    await desk.exchange()
    const refused = desk.snapshot().refused.find((entry) => entry.stream === command.stream)
    return refused ? { ok: false, refusal: refused.refusal } : accept(true)
  }
  const importIt = async (): Promise<void> => {
    setBusy(true)
    setRefusal(undefined)
    try {
      const done = await confirm()
      if (done.ok) onDone(done.value)
      else setRefusal(done.refusal)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <p className={styles.strong}>
        {dataset.publisher}: {nameOfTable(run.table)}
      </p>
      <p className={styles.note}>{dataset.terms}</p>
      {known && <AlreadyHere dataSet={known} />}
      <ImportReport report={run.report} />
      {known ? (
        <Actions>
          <QuietButton onClick={onGiveUp}>{t('evidence.import.another')}</QuietButton>
        </Actions>
      ) : (
        <>
          <TextField
            label={t('evidence.import.edition')}
            why={t('evidence.import.edition-why')}
            value={edition}
            onChange={setEdition}
          />
          {run.report.issues.length > 0 && (
            <CheckField
              label={t('evidence.import.leave-out', { lines: run.report.issues.length })}
              checked={leaveOut}
              onChange={setLeaveOut}
            />
          )}
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton onClick={importIt} disabled={busy}>
              {busy ? t('evidence.import.sending') : t('evidence.import.confirm')}
            </NextButton>
            <QuietButton onClick={onGiveUp} disabled={busy}>
              {t('evidence.import.give-up')}
            </QuietButton>
          </Actions>
        </>
      )}
    </>
  )
}

/** Said with the report, before anything is asked: these rows are counted on the board as it stands. */
function AlreadyHere({ dataSet: { edition, importedOn } }: { readonly dataSet: DataSet }) {
  const t = useText()
  const format = useFormat()
  const day = (text: string): string => {
    const date = CivilDate.safeParse(text)
    return date.success ? format.date(date.data) : text
  }
  return (
    <p role="status" className={styles.strong}>
      {t('evidence.import.known', { edition: day(edition), date: day(importedOn) })}
    </p>
  )
}
