import type { Draft } from '@lentera/core/log/draft'
import { type OrganisationId, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal } from '@lentera/core/shared/refusals'
import { rememberMapping } from '@lentera/core/sheets/capture'
import type { Form, Mapping } from '@lentera/core/sheets/mapping'
import { projectMapping } from '@lentera/core/sheets/project'
import type { Purpose } from '@lentera/core/sheets/words'
import { RefusalNotice } from '@lentera/ui/parts'
import { type ReactNode, useState } from 'react'
import { useDesk, useStreams } from '../../device/context.ts'
import { useWrite } from '../../device/use-write.ts'
import { ChooseFile } from './choose-file.tsx'
import type { DryRunAnswers, SaidOfRun } from './dry-run.tsx'
import { both, type Opened, openForm } from './open-form.ts'
import { saidOfForm } from './said-of-form.ts'
import { SheetMapping, type SheetMappingProps } from './sheet-mapping.tsx'

type Mapped<Name extends string, Given> = {
  readonly opened: Opened
  readonly mapping: Mapping<Name>
  /** The mapping is the one that the organisation remembers: nobody was asked. */
  readonly isRecalled: boolean
  readonly given: Given | undefined
}

/** A file that was read: as it was opened, how its columns were read, and what it would become. */
export type Run<Name extends string, File> = Omit<Mapped<Name, unknown>, 'given'> & { readonly file: File }

type Stage<Name extends string, Given, File> =
  | { readonly at: 'waiting' }
  | ({ readonly at: 'mapping' | 'given' } & Mapped<Name, Given>)
  | ({ readonly at: 'read' | 'taken'; readonly file: File } & Mapped<Name, Given>)

/**
 * Records from a CSV or workbook: chosen, mapped where the form is new, asked for what the form leaves out, shown as they would be
 * taken, and taken when she says so. It works without a network. Of columns that are not mapped nothing leaves this screen.
 */
export function FromFile<Name extends string, Given, File>({
  purpose,
  organisation,
  columns,
  suggest,
  recall,
  asks,
  read,
  dryRun,
  take,
  taken,
  onGiveUp,
}: FromFileProps<Name, Given, File>) {
  const desk = useDesk()
  const known = useStreams('sheet-mapping', projectMapping)
  const [stage, setStage] = useState<Stage<Name, Given, File>>({ at: 'waiting' })
  const [refused, setRefused] = useState<Refusal>()
  const { refusal, busy, write } = useWrite()

  const readAs = (mapped: Mapped<Name, Given>): void => {
    const file = read(mapped.opened.form, mapped.mapping, mapped.given)
    setRefused(file.ok ? undefined : file.refusal)
    const isAsked = !file.ok && asks?.refusals.has(file.refusal.code) === true
    setStage(file.ok ? { ...mapped, at: 'read', file: file.value } : { ...mapped, at: isAsked ? 'given' : 'mapping' })
  }
  const goOn = (mapped: Mapped<Name, Given>): void => {
    const checked = asks?.check(mapped.opened.form, mapped.mapping)
    if (checked && !checked.ok) {
      setRefused(checked.refusal)
      setStage({ ...mapped, at: 'mapping' })
    } else if (asks?.isOpen(mapped.mapping)) {
      setRefused(undefined)
      setStage({ ...mapped, at: 'given' })
    } else readAs(mapped)
  }
  const bring = async (chosen: globalThis.File): Promise<void> => {
    setRefused(undefined)
    setStage({ at: 'waiting' })
    const found = await openForm(chosen, columns.fields, purpose, known, desk)
    if (!found.ok) return setRefused(found.refusal)
    const opened = found.value
    const before = opened.known?.state.mapping
    const mapping = before ? recall(opened.form, before) : suggest(opened.form)
    if (before && !opened.isBeingSaid) goOn({ opened, mapping, isRecalled: true, given: undefined })
    else setStage({ at: 'mapping', opened, mapping, isRecalled: false, given: undefined })
  }
  const takeAll = async (run: Mapped<Name, Given> & { readonly file: File }, said: SaidOfRun): Promise<void> => {
    const { opened, mapping, isRecalled, file } = run
    const stream = StreamId.parse(crypto.randomUUID())
    const command = { stream, organisation, purpose, form: opened.hash, mapping }
    const remembered = isRecalled ? accept([]) : rememberMapping(command, opened.known, desk.moment().today)
    if (!(await write(both(take(file, said), remembered)))) return
    await desk.keepForm(saidOfForm(purpose, opened.hash), undefined)
    setStage({ ...run, at: 'taken' })
  }

  const shown = refused ?? refusal
  return (
    <>
      {stage.at === 'waiting' && <ChooseFile onFile={bring} onGiveUp={onGiveUp} />}
      {stage.at === 'mapping' && (
        <SheetMapping
          {...columns}
          key={stage.opened.hash}
          purpose={purpose}
          opened={stage.opened}
          suggested={stage.mapping}
          onSaid={(mapping) => goOn({ ...stage, mapping, isRecalled: false })}
          onGiveUp={onGiveUp}
        />
      )}
      {stage.at === 'given' && asks?.ask(stage.mapping, stage.given, (given) => readAs({ ...stage, given }))}
      {stage.at === 'read' &&
        dryRun(stage, {
          busy,
          onTake: (said) => takeAll(stage, said),
          onMap: () => setStage({ ...stage, at: 'mapping' }),
          onGiveUp,
        })}
      {stage.at === 'taken' && taken(stage)}
      {shown && <RefusalNotice refusal={shown} />}
    </>
  )
}

export type FromFileProps<Name extends string, Given, File> = {
  readonly purpose: Purpose
  readonly organisation: OrganisationId
  readonly columns: Pick<SheetMappingProps<Name>, 'fields' | 'order' | 'sameForAll' | 'say'>
  /** What the heads of a new form suggest. */
  readonly suggest: (form: Form) => Mapping<Name>
  /** What is remembered of a form, as this version reads it. */
  readonly recall: (form: Form, remembered: Mapping<string>) => Mapping<Name>
  /** What is asked after the columns, where a form leaves it out. */
  readonly asks?: {
    readonly check: (form: Form, mapping: Mapping<Name>) => Decision<unknown>
    readonly isOpen: (mapping: Mapping<Name>) => boolean
    readonly ask: (mapping: Mapping<Name>, stood: Given | undefined, onSaid: (given: Given) => void) => ReactNode
    /** Refusals that are answered there, and not by the columns. */
    readonly refusals: ReadonlySet<string>
  }
  readonly read: (form: Form, mapping: Mapping<Name>, given: Given | undefined) => Decision<File>
  readonly dryRun: (run: Run<Name, File>, answers: DryRunAnswers) => ReactNode
  readonly take: (file: File, said: SaidOfRun) => Decision<Draft[]>
  readonly taken: (run: Run<Name, File>) => ReactNode
  readonly onGiveUp: () => void
}
