import { importDataSet, published } from '@lentera/core/evidence/capture'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal } from '@lentera/core/shared/refusals'
import { hash } from '@lentera/sealed/verify'
import {
  Actions,
  CheckField,
  NextButton,
  ProgressBar,
  QuietButton,
  RefusalNotice,
  Section,
  TextField,
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
  onImported,
}: {
  readonly dataSets: readonly DataSet[]
  readonly onImported: () => void
}) {
  const t = useText()
  const [stage, setStage] = useState<Stage>({ at: 'waiting' })
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined)
  const reading = useRef<Reading | undefined>(undefined)
  useEffect(() => () => reading.current?.stop(), [])

  const bring = async (file: File): Promise<void> => {
    setRefusal(undefined)
    setStage({ at: 'reading', progress: undefined })
    const read = await file.arrayBuffer().catch(() => undefined)
    if (!read) {
      // A folder, or a file that went away while it was held.
      setStage({ at: 'waiting' })
      return setRefusal({ code: 'evidence.file-damaged', values: {} })
    }
    const bytes = new Uint8Array(read)
    reading.current = readApart(bytes, (progress) => setStage({ at: 'reading', progress }))
    const run = await reading.current.run
    reading.current = undefined
    if (!run.ok) {
      setStage({ at: 'waiting' })
      return setRefusal(run.refusal)
    }
    setStage({ at: 'read', run: run.value, file: file.name })
  }
  const again = (): void => {
    setRefusal(undefined)
    setStage({ at: 'waiting' })
  }

  return (
    <Section title={t('evidence.import.title')} note={t('evidence.import.note')}>
      <div className={styles.stack}>
        {stage.at === 'waiting' && <DropPlace onFile={bring} />}
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
            onGiveUp={again}
            onDone={(changed) => {
              setStage({ at: 'done', changed })
              if (changed) onImported()
            }}
          />
        )}
        {stage.at === 'done' && (
          <>
            <p role="status">{stage.changed ? t('evidence.import.done') : t('evidence.import.same')}</p>
            <Actions>
              <QuietButton onClick={again}>{t('evidence.import.another')}</QuietButton>
            </Actions>
          </>
        )}
        {refusal && <RefusalNotice refusal={refusal} />}
      </div>
    </Section>
  )
}

function DropPlace({ onFile }: { readonly onFile: (file: File) => void }) {
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
        const file = event.dataTransfer.files[0]
        if (file) onFile(file)
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
  const known = published[run.table.dataset]

  const confirm = async (): Promise<Decision<boolean>> => {
    const bytes = new Uint8Array(run.content)
    const contentHash = await hash(bytes)
    const command = {
      stream: StreamId.parse(randomUuid(crypto.getRandomValues(new Uint8Array(16)))),
      hash: contentHash,
      edition,
      leaveOutUnreadable: leaveOut,
      rowsHash: run.rowsHash,
      imported: new Set(dataSets.flatMap((each) => [each.hash, ...(each.rowsHash ? [each.rowsHash] : [])])),
    }
    const drafts = importDataSet(run, command, desk.moment().today)
    if (!drafts.ok) return drafts
    if (drafts.value.length === 0) return accept(false)
    // The bytes first: an entry whose bytes the server has not is refused.
    const sent = await desk.sendBytes(`/api/evidence/blobs/${contentHash}`, bytes)
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
        {known.publisher}: {known.name}
      </p>
      <p className={styles.note}>{known.terms}</p>
      <ImportReport report={run.report} />
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
  )
}
