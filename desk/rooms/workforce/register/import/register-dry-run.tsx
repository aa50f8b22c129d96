import type { BadRow } from '@lentera/core/workforce/register/rows'
import { Actions, CheckField, DataTable, NextButton, QuietButton, Stack, useFormat, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import recordStyles from '../../../records/records.module.css'
import type { Lists } from './lists.ts'
import { rowsToWrite } from './take.ts'

/** Both lists as they would be taken: how many are new, which say something anew, and each row that is not good, with its reason. */
export function RegisterDryRun({ lists, left, isRecalled, onTake, onMap, onGiveUp }: RegisterDryRunProps) {
  const t = useText()
  const format = useFormat()
  const [isWithoutBad, setWithoutBad] = useState(false)
  const { posts, officers } = lists
  const bad = [
    ...(posts?.bad ?? []).map((row) => ({ ...row, list: 'posts' as const })),
    ...(officers?.bad ?? []).map((row) => ({ ...row, list: 'officers' as const })),
  ]
  const count = (rows: readonly { readonly what: string }[] = [], what: string): number =>
    rows.filter((row) => row.what === what).length
  const rows = rowsToWrite(lists)
  return (
    <Stack>
      <p role="status">
        {posts && (
          <>
            {t('register.file.posts', {
              fresh: count(posts.rows, 'new'),
              changed: count(posts.rows, 'changed'),
              same: count(posts.rows, 'same'),
            })}{' '}
          </>
        )}
        {officers &&
          t('register.file.officers', {
            fresh: count(officers.rows, 'new'),
            changed: count(officers.rows, 'changed'),
            same: count(officers.rows, 'same'),
          })}{' '}
        {t('register.file.bad', { count: bad.length })}
      </p>
      {isRecalled && <p className={recordStyles.quiet}>{t('register.file.recalled')}</p>}
      {left.length > 0 && <p className={recordStyles.quiet}>{t('register.file.left', { sheets: left.join(', ') })}</p>}
      {officers !== undefined && officers.missing > 0 && (
        <p className={recordStyles.quiet}>{t('register.file.missing', { count: officers.missing })}</p>
      )}
      {bad.length > 0 && (
        <DataTable
          caption={t('register.file.bad', { count: bad.length })}
          rows={bad}
          keyOf={({ list, line, reason }) => `${list} ${line} ${reason}`}
          columns={[
            { id: 'list', label: t('register.file.list'), value: ({ list }) => t(`register.file.list.${list}`) },
            { id: 'line', label: t('evidence.rows.line'), value: ({ line }) => format.plain(line) },
            {
              id: 'why',
              label: t('evidence.import.why'),
              value: (row: BadRow) => t(`issue.register.${row.reason}`, row.values),
            },
          ]}
        />
      )}
      {bad.length > 0 && rows > 0 && (
        <CheckField
          label={t('register.file.leave-out', { count: bad.length })}
          checked={isWithoutBad}
          onChange={setWithoutBad}
        />
      )}
      <Actions>
        {rows > 0 && (
          <NextButton onClick={onTake} disabled={bad.length > 0 && !isWithoutBad}>
            {t('register.file.take', { count: rows })}
          </NextButton>
        )}
        <QuietButton onClick={onMap}>{t('register.file.map-anew')}</QuietButton>
        <QuietButton onClick={onGiveUp}>{t('support.give-up')}</QuietButton>
      </Actions>
      {rows === 0 && bad.length === 0 && <p>{t('register.file.nothing-new')}</p>}
    </Stack>
  )
}

type RegisterDryRunProps = {
  readonly lists: Lists
  readonly left: readonly string[]
  /** The lists are read as they were before: nobody was asked. */
  readonly isRecalled: boolean
  readonly onTake: () => void
  readonly onMap: () => void
  readonly onGiveUp: () => void
}
