import type { Module } from '@lentera/core/shared/modules'
import type { OfficerRow } from '@lentera/core/workforce/register/officer-file'
import type { PostRow } from '@lentera/core/workforce/register/post-file'
import { nameOf } from '@lentera/core/workforce/register/rows'
import { DataTable, Stack, useFormat, useText } from '@lentera/ui/parts'
import { sayOpening } from '../say.ts'
import { ShowMore, useShown } from '../show-more.tsx'
import type { Lists } from './lists.ts'
import { useSayPostOf } from './say-change.ts'

const newIn = <Row extends { readonly what: string }>(rows: readonly Row[] = []): readonly Row[] =>
  rows.filter(({ what }) => what === 'new')

/** The posts and officers who are not known yet, as they would be written: a column that was taken for another is seen here. */
export function NewRows({ lists }: { readonly lists: Lists }) {
  const posts = newIn(lists.posts?.rows)
  const officers = newIn(lists.officers?.rows)
  return (
    <Stack>
      {posts.length > 0 && <NewPosts posts={posts} />}
      {officers.length > 0 && <NewOfficers officers={officers} lists={lists} />}
    </Stack>
  )
}

function NewPosts({ posts }: { readonly posts: readonly PostRow[] }) {
  const t = useText()
  const format = useFormat()
  const { shown, more } = useShown('', few)
  return (
    <>
      <DataTable
        caption={t('register.file.new-posts', { count: posts.length })}
        rows={posts.slice(0, shown)}
        stacks
        keyOf={({ line }) => String(line)}
        columns={[
          { id: 'post', label: t('register.column.name'), value: ({ said }) => nameOf(said) },
          {
            id: 'hours',
            label: t('register.column.hours'),
            value: ({ said }) => (said.opening ? sayOpening(said.opening, t) : ''),
          },
          { id: 'line', label: t('evidence.rows.line'), value: ({ line }) => format.plain(line) },
        ]}
      />
      <ShowMore shown={shown} count={posts.length} onMore={more} isWithoutSearch />
    </>
  )
}

function NewOfficers({ officers, lists }: { readonly officers: readonly OfficerRow[]; readonly lists: Lists }) {
  const t = useText()
  const format = useFormat()
  const sayPost = useSayPostOf(lists)
  const { shown, more } = useShown('', few)
  const ends = modules.filter(({ module }) => officers.some((row) => endOf(row, module)))
  return (
    <>
      <DataTable
        caption={t('register.file.new-officers', { count: officers.length })}
        rows={officers.slice(0, shown)}
        stacks
        keyOf={({ line }) => String(line)}
        columns={[
          { id: 'number', label: t('register.column.number'), value: ({ said }) => said.number ?? '' },
          { id: 'sex', label: t('register.column.sex'), value: ({ sex }) => t(`officer.${sex}`) },
          { id: 'post', label: t('register.column.post'), value: ({ post }) => sayPost(post) },
          ...ends.map(({ module, column }) => ({
            id: module,
            label: t(`register.column.${column}`),
            value: (row: OfficerRow) => {
              const end = endOf(row, module)
              return end ? format.date(end) : t('register.change.nothing')
            },
          })),
          { id: 'line', label: t('evidence.rows.line'), value: ({ line }) => format.plain(line) },
        ]}
      />
      <ShowMore shown={shown} count={officers.length} onMore={more} isWithoutSearch />
    </>
  )
}

/** So many are enough to see whether the columns were understood. */
const few = 5

const modules = [
  { module: 'see', column: 'see' },
  { module: 'meet', column: 'meet' },
  { module: 'carry-through', column: 'carryThrough' },
] as const satisfies readonly { readonly module: Module; readonly column: string }[]

const endOf = ({ certificates }: OfficerRow, module: Module) =>
  certificates.find((each) => each.module === module)?.until
