import { useText } from '@lentera/ui/parts'
import { DryRun, type DryRunAnswers } from '../../../sheets/dry-run.tsx'
import type { Lists } from './lists.ts'
import { rowsToWrite } from './take.ts'

/** Both lists as they would be taken: how many are new, which say something anew, and each row that is not good, with its reason. */
export function RegisterDryRun({ lists, left, isRecalled, answers }: RegisterDryRunProps) {
  const t = useText()
  const { posts, officers } = lists
  const bad = (['posts', 'officers'] as const).flatMap((list) =>
    (lists[list]?.bad ?? []).map(({ line, reason, values }) => ({
      line,
      list: t(`register.file.list.${list}`),
      why: t(`issue.register.${reason}`, values),
    })),
  )
  const count = (rows: readonly { readonly what: string }[], what: string): number =>
    rows.filter((row) => row.what === what).length
  const counts = (rows: readonly { readonly what: string }[]) => ({
    fresh: count(rows, 'new'),
    changed: count(rows, 'changed'),
    same: count(rows, 'same'),
  })
  const rows = rowsToWrite(lists)
  return (
    <DryRun
      {...answers}
      says={[
        ...(posts ? [t('register.file.posts', counts(posts.rows))] : []),
        ...(officers ? [t('register.file.officers', counts(officers.rows))] : []),
        t('register.file.bad', { count: bad.length }),
      ].join(' ')}
      notes={[
        ...(isRecalled ? [t('register.file.recalled')] : []),
        ...(left.length > 0 ? [t('register.file.left', { sheets: left.join(', ') })] : []),
        ...(officers && officers.missing > 0 ? [t('register.file.missing', { count: officers.missing })] : []),
        ...(officers?.oneHome ?? []).map(({ line, home }) => t('register.file.one-home', { line, home })),
        ...(rows === 0 && bad.length === 0 ? [t('register.file.nothing-new')] : []),
      ]}
      bad={bad}
      good={{ count: rows, take: t('register.file.take', { count: rows }) }}
    />
  )
}

type RegisterDryRunProps = {
  readonly lists: Lists
  readonly left: readonly string[]
  /** The lists are read as they were before: nobody was asked. */
  readonly isRecalled: boolean
  readonly answers: DryRunAnswers
}
