import type { Hash } from '@lentera/core/shared/ids'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { importRates } from '@lentera/core/support/livelihoods/rates/capture'
import { type RatesRead, readRates } from '@lentera/core/support/livelihoods/rates/read'
import { randomBytes } from '@lentera/sealed/open'
import { hash } from '@lentera/sealed/verify'
import {
  Actions,
  CheckField,
  Form,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  useText,
} from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import recordStyles from '../records/records.module.css'
import { useRateTables } from './rates.ts'
import { readSource, SourceFields } from './source-fields.tsx'

type FileRead = { readonly name: string; readonly read: RatesRead; readonly hash: Hash }

/** Brings in a table of rates: the file is read here and reported, and nothing is written before she says so. */
export function NewRateTablePage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const tables = useRateTables()
  const [typed, setTyped] = useState<Typed>({})
  const [file, setFile] = useState<Decision<FileRead>>()
  const [leaveOut, setLeaveOut] = useState(false)
  const { refusal, busy, write } = useWrite(typed)
  useEffect(() => {
    // While there may be a network: the file may be chosen without one.
    loadReader().catch(() => undefined)
  }, [])
  const bring = async (chosen: File): Promise<void> => {
    setLeaveOut(false)
    setFile(await readFile(chosen, desk.moment().today))
  }
  const save = async (): Promise<void> => {
    const { today } = desk.moment()
    const stream = StreamId.parse(randomUuid(randomBytes(16)))
    const known = tables.map(({ state }) => state)
    const decided = file?.ok
      ? importRates({ ...readSource(typed), ...file.value, stream, leaveOut, tables: known }, today)
      : refuse('rates.no-file')
    if (await write(decided)) await navigate({ to: '/livelihoods/rates/$stream', params: { stream } })
  }
  const set = (field: string, value: string): void => setTyped((was) => ({ ...was, [field]: value }))
  const read = file?.ok ? file.value : undefined
  return (
    <>
      <PageTitle over={<Link to="/livelihoods/rates">{t('rates.back')}</Link>} under={t('rates.new.under')}>
        {t('rates.new')}
      </PageTitle>
      <Section title={t('rates.new.file')} note={t('rates.new.columns')}>
        <Form label={t('rates.new')} onSubmit={save}>
          <div className={recordStyles.fields}>
            <ChooseFile onFile={bring} />
            {file?.ok === false && <RefusalNotice refusal={file.refusal} />}
            {read && <Report {...read} leaveOut={leaveOut} onLeaveOut={setLeaveOut} />}
            <SourceFields typed={typed} set={set} />
            {refusal && <RefusalNotice refusal={refusal} />}
            <Actions>
              <NextButton type="submit" disabled={busy}>
                {t('rates.new.save')}
              </NextButton>
              <QuietButton onClick={() => navigate({ to: '/livelihoods/rates' })}>{t('support.give-up')}</QuietButton>
            </Actions>
          </div>
        </Form>
      </Section>
    </>
  )
}

/** Only here: whoever writes down courses need not load a reader of workbooks. */
const loadReader = () => import('@lentera/core/sheets/sheet')

async function readFile(file: File, today: Parameters<typeof readRates>[1]): Promise<Decision<FileRead>> {
  const buffer = await file.arrayBuffer().catch(() => undefined)
  if (!buffer) return refuse('evidence.file-gone')
  const reader = await loadReader().catch(() => undefined)
  if (!reader) return refuse('evidence.reader-stopped')
  const opened = await reader.openFile(new Uint8Array(buffer))
  if (!opened.ok) return opened
  const [sheet] = opened.value.sheets
  const read = readRates(sheet?.lines ?? [], today)
  if (!read.ok) return read
  const content = Uint8Array.from(opened.value.content)
  return accept({ name: file.name, read: read.value, hash: await hash(content) })
}

function ChooseFile({ onFile }: { readonly onFile: (file: File) => void }) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  return (
    <div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx,.gz"
        aria-label={t('rates.new.choose')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
      <QuietButton onClick={() => input.current?.click()}>{t('rates.new.choose')}</QuietButton>
    </div>
  )
}

type ReportProps = FileRead & { readonly leaveOut: boolean; readonly onLeaveOut: (leaveOut: boolean) => void }

function Report({ name, read: { rates, problems }, leaveOut, onLeaveOut }: ReportProps) {
  const t = useText()
  return (
    <div>
      <p role="status">{t('rates.new.read', { file: name, rates: rates.length, problems: problems.length })}</p>
      {problems.length > 0 && (
        <>
          <ul>
            {problems.slice(0, linesSaid).map(({ line, reason, values }) => (
              <li key={line}>{t('rates.new.line', { line, problem: t(`issue.rates.${reason}`, values) })}</li>
            ))}
          </ul>
          {problems.length > linesSaid && <p>{t('rates.new.more', { lines: problems.length - linesSaid })}</p>}
          <CheckField label={t('rates.new.leave-out')} checked={leaveOut} onChange={onLeaveOut} />
        </>
      )}
    </div>
  )
}

const linesSaid = 20
