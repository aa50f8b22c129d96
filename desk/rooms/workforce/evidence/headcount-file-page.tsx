import { StreamId } from '@lentera/core/shared/ids'
import { accept, type Refusal } from '@lentera/core/shared/refusals'
import { rememberMapping } from '@lentera/core/sheets/capture'
import type { Mapping } from '@lentera/core/sheets/mapping'
import { projectMapping } from '@lentera/core/sheets/project'
import { importHeadcounts, type SaidOfFile } from '@lentera/core/workforce/capture'
import { type HeadcountField, headcountFields } from '@lentera/core/workforce/headcount-fields'
import {
  checkHeadcountMapping,
  type HeadcountFile,
  readHeadcounts,
  recalledHeadcounts,
  suggestHeadcounts,
} from '@lentera/core/workforce/headcount-file'
import { projectHeadcount } from '@lentera/core/workforce/project'
import { Actions, LoadingState, NextButton, PageTitle, RefusalNotice, Section, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot, useStreams } from '../../../device/context.ts'
import { useWrite } from '../../../device/use-write.ts'
import { ChooseFile } from '../../sheets/choose-file.tsx'
import { both, type Opened, openForm } from '../../sheets/open-form.ts'
import { HeadcountDryRun } from './headcount-dry-run.tsx'
import { type Given, HeadcountGiven } from './headcount-given.tsx'
import { HeadcountMapping } from './headcount-mapping.tsx'

type Mapped = {
  readonly opened: Opened
  readonly mapping: Mapping<HeadcountField>
  /** The mapping is the one that the organisation remembers: nobody was asked. */
  readonly isRecalled: boolean
  readonly given: Given
}

export type Run = Mapped & { readonly file: HeadcountFile }

type Stage =
  | { readonly at: 'waiting' }
  | ({ readonly at: 'mapping' | 'given' } & Mapped)
  | ({ readonly at: 'read' } & Run)
  | { readonly at: 'taken'; readonly headcounts: number }

/**
 * Headcounts from a CSV or workbook: chosen, mapped where the form is new, shown as they would be taken, and taken when she says
 * so. It works without a network. Of columns that are not mapped nothing leaves this screen.
 */
export function HeadcountFilePage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const known = useStreams('sheet-mapping', projectMapping)
  const standing = useStreams('headcount', projectHeadcount)
  const [stage, setStage] = useState<Stage>({ at: 'waiting' })
  const [refused, setRefused] = useState<Refusal>()
  const { refusal, busy, write } = useWrite()
  if (!me) return <LoadingState />
  const { organisation, country } = me
  const { today } = desk.moment()

  const readAs = (mapped: Mapped): void => {
    if (country === null) {
      setRefused({ code: 'workforce.no-country', values: {} })
      return
    }
    const { opened, mapping, given } = mapped
    const of = { given, country, today, standing: standing.map(({ state }) => state) }
    const read = readHeadcounts(opened.form, mapping, of)
    setRefused(read.ok ? undefined : read.refusal)
    const asks = !read.ok && ofGiven.has(read.refusal.code)
    setStage(read.ok ? { ...mapped, at: 'read', file: read.value } : { ...mapped, at: asks ? 'given' : 'mapping' })
  }
  const goOn = (mapped: Mapped): void => {
    const { on, source } = mapped.mapping.columns
    const checked = checkHeadcountMapping(mapped.opened.form, mapped.mapping)
    setRefused(checked.ok ? undefined : checked.refusal)
    if (!checked.ok) setStage({ ...mapped, at: 'mapping' })
    else if (on && source) readAs(mapped)
    else setStage({ ...mapped, at: 'given' })
  }
  const bring = async (chosen: File): Promise<void> => {
    setRefused(undefined)
    setStage({ at: 'waiting' })
    const found = await openForm(chosen, headcountFields, purpose, known)
    if (!found.ok) return setRefused(found.refusal)
    const opened = found.value
    const given = { on: undefined, source: '' }
    const remembered = opened.known?.state.mapping
    if (remembered) goOn({ opened, mapping: recalledHeadcounts(remembered), isRecalled: true, given })
    else setStage({ at: 'mapping', opened, mapping: suggestHeadcounts(opened.form), isRecalled: false, given })
  }
  const take = async ({ opened, mapping, file, isRecalled }: Run, said: SaidOfFile): Promise<void> => {
    if (country === null) return
    const newStream = (): StreamId => StreamId.parse(crypto.randomUUID())
    const rows = importHeadcounts({ organisation, country, newStream }, file, said, today)
    const command = { stream: newStream(), organisation, purpose, form: opened.hash, mapping }
    const remembered = isRecalled ? accept([]) : rememberMapping(command, opened.known, today)
    if (await write(both(rows, remembered))) setStage({ at: 'taken', headcounts: file.headcounts.length })
  }
  const giveUp = () => navigate({ to: '/workforce' })

  const shown = refused ?? refusal
  return (
    <>
      <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={t('workforce.file.under')}>
        {t('workforce.file.title')}
      </PageTitle>
      <Section title={t('workforce.file.section')} note={t('workforce.file.note')}>
        {stage.at === 'waiting' && <ChooseFile onFile={bring} onGiveUp={giveUp} />}
        {stage.at === 'mapping' && (
          <HeadcountMapping
            key={stage.opened.hash}
            opened={stage.opened}
            suggested={stage.mapping}
            onSaid={(mapping) => goOn({ ...stage, mapping, isRecalled: false })}
            onGiveUp={giveUp}
          />
        )}
        {stage.at === 'given' && (
          <HeadcountGiven
            columns={stage.mapping.columns}
            stood={stage.given}
            onSaid={(given) => readAs({ ...stage, given })}
            onGiveUp={giveUp}
          />
        )}
        {stage.at === 'read' && (
          <HeadcountDryRun
            run={stage}
            busy={busy}
            onTake={(said) => take(stage, said)}
            onMap={() => setStage({ ...stage, at: 'mapping' })}
            onGiveUp={giveUp}
          />
        )}
        {stage.at === 'taken' && (
          <>
            <p role="status">{t('workforce.file.taken', { headcounts: stage.headcounts })}</p>
            <Actions>
              <NextButton onClick={() => navigate({ to: '/workforce/evidence' })}>
                {t('workforce.file.look')}
              </NextButton>
            </Actions>
          </>
        )}
        {shown && <RefusalNotice refusal={shown} />}
      </Section>
    </>
  )
}

const purpose = 'workforce.headcount' as const

/** Refused for what is asked on the screen after the columns. */
const ofGiven: ReadonlySet<string> = new Set([
  'workforce.file-no-date',
  'workforce.no-source',
  'workforce.text-too-long',
])
