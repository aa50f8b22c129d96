import { Actions, CheckField, DataTable, NextButton, QuietButton, Stack, useFormat, useText } from '@lentera/ui/parts'
import { type ReactNode, useState } from 'react'
import styles from './sheets.module.css'

/** What she says before a file is taken, where it asks for it. `isConfirmed`: the question that is the room's own. */
export type SaidOfRun = { readonly withoutBadRows: boolean; readonly isConfirmed: boolean }

/** A row that cannot be taken, by its line and its reason in words; `list` where the file holds several, `who` where rows have a key that stays here. */
export type BadLine = { readonly line: number; readonly why: string; readonly list?: string; readonly who?: string }

/** A file as it would be taken: how much of it, which rows not and why, and what is asked before. Nothing is stored yet. */
export function DryRun({ says, notes, left, bad, good, confirm, children, busy, ...on }: DryRunProps) {
  const t = useText()
  const format = useFormat()
  const [said, setSaid] = useState<SaidOfRun>({ withoutBadRows: false, isConfirmed: false })
  const hasLists = bad.some(({ list }) => list !== undefined)
  const haveKeys = bad.some(({ who }) => who !== undefined)
  return (
    <Stack>
      <p role="status" className={styles.strong}>
        {says}
      </p>
      {notes.map((note) => (
        <p key={note} className={styles.said}>
          {note}
        </p>
      ))}
      {left}
      {children}
      {bad.length > 0 && (
        <DataTable
          caption={t('sheets.file.bad', { rows: bad.length })}
          rows={bad}
          stacks={haveKeys}
          keyOf={({ line, why, list }) => `${list} ${line} ${why}`}
          columns={[
            ...(haveKeys ? [{ id: 'who', label: t('sheets.file.who'), value: ({ who }: BadLine) => who ?? '' }] : []),
            ...(hasLists
              ? [{ id: 'list', label: t('sheets.file.list'), value: ({ list }: BadLine) => list ?? '' }]
              : []),
            { id: 'line', label: t('evidence.rows.line'), value: ({ line }) => format.plain(line) },
            { id: 'why', label: t('evidence.import.why'), value: ({ why }) => why },
          ]}
        />
      )}
      {bad.length > 0 && good.count > 0 && (
        <CheckField
          label={t('sheets.file.leave-out', { rows: bad.length })}
          checked={said.withoutBadRows}
          onChange={(withoutBadRows) => setSaid({ ...said, withoutBadRows })}
        />
      )}
      {confirm && (
        <CheckField
          label={confirm}
          checked={said.isConfirmed}
          onChange={(isConfirmed) => setSaid({ ...said, isConfirmed })}
        />
      )}
      <Actions>
        {good.count > 0 && (
          <NextButton onClick={() => on.onTake(said)} disabled={busy}>
            {good.take}
          </NextButton>
        )}
        <QuietButton onClick={on.onMap} disabled={busy}>
          {t('sheets.file.map-anew')}
        </QuietButton>
        <QuietButton onClick={on.onGiveUp} disabled={busy}>
          {t('support.give-up')}
        </QuietButton>
      </Actions>
    </Stack>
  )
}

export type DryRunAnswers = {
  readonly busy: boolean
  readonly onTake: (said: SaidOfRun) => void
  readonly onMap: () => void
  readonly onGiveUp: () => void
}

export type DryRunProps = DryRunAnswers & {
  readonly says: string
  readonly notes: readonly string[]
  /** What stays in the file. */
  readonly left?: ReactNode
  readonly bad: readonly BadLine[]
  /** How many would be taken, and what the button says that takes them. */
  readonly good: { readonly count: number; readonly take: string }
  /** A question that must be answered with yes before it is taken; undefined where it does not arise. */
  readonly confirm?: string | undefined
  /** What would be taken, row by row. */
  readonly children?: ReactNode
}
