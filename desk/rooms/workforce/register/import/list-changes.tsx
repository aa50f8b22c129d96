import { nameOf } from '@lentera/core/workforce/register/rows'
import { DataTable, Stack, useFormat, useText } from '@lentera/ui/parts'
import { ShowMore, useShown } from '../show-more.tsx'
import type { Lists } from './lists.ts'
import { type Changed, columnOf, sayAfter, sayBefore, useSayChange } from './say-change.ts'

/** What the lists say otherwise of posts and officers who are known, those that could do harm first. */
export const changesIn = ({ posts, officers }: Lists): readonly Changed[] =>
  [
    ...(officers?.rows ?? []).flatMap((row): Changed[] =>
      row.what === 'changed'
        ? row.changes.map((change) => ({ list: 'officers', line: row.line, who: row.said.number ?? '', change }))
        : [],
    ),
    ...(posts?.rows ?? []).flatMap((row): Changed[] =>
      row.what === 'changed'
        ? row.changes.map((change) => ({ list: 'posts', line: row.line, who: nameOf(row.said), change }))
        : [],
    ),
  ].toSorted((a, b) => Number(b.change.isGrave) - Number(a.change.isGrave))

/** Before and after of each change; those of sex, post and earlier ends in a table of their own, which stands first. */
export function ListChanges({ lists }: { readonly lists: Lists }) {
  const t = useText()
  const changes = changesIn(lists)
  const grave = changes.filter(({ change }) => change.isGrave)
  const others = changes.filter(({ change }) => !change.isGrave)
  return (
    <Stack>
      {grave.length > 0 && (
        <Changes
          caption={t('register.change.grave', { count: grave.length })}
          note={t('register.change.grave-note')}
          changes={grave}
          lists={lists}
        />
      )}
      {others.length > 0 && (
        <Changes caption={t('register.change.others', { count: others.length })} changes={others} lists={lists} />
      )}
    </Stack>
  )
}

type ChangesProps = {
  readonly caption: string
  readonly note?: string
  readonly changes: readonly Changed[]
  readonly lists: Lists
}

function Changes({ changes, lists, ...said }: ChangesProps) {
  const t = useText()
  const format = useFormat()
  const say = useSayChange(lists)
  const { shown, more } = useShown('')
  return (
    <>
      <DataTable
        {...said}
        rows={changes.slice(0, shown)}
        stacks
        keyOf={({ list, line, change }) => `${list} ${line} ${change.field}`}
        columns={[
          { id: 'who', label: t('register.change.who'), value: ({ who }) => who },
          {
            id: 'field',
            label: t('register.change.field'),
            value: ({ change }) => t(`register.column.${columnOf(change.field)}`),
          },
          { id: 'before', label: t('register.change.before'), value: (each) => sayBefore(each, say) },
          { id: 'after', label: t('register.change.after'), value: (each) => sayAfter(each, say, t) },
          { id: 'line', label: t('evidence.rows.line'), value: ({ line }) => format.plain(line) },
        ]}
      />
      <ShowMore shown={shown} count={changes.length} onMore={more} isWithoutSearch />
    </>
  )
}
