import { longestDuty, shiftMinutes } from '@lentera/core/workforce/post/words'
import { officerColumns } from '@lentera/core/workforce/register/fields'
import type { PostFile } from '@lentera/core/workforce/register/post-file'
import { DataTable, SelectField, useFormat, useText } from '@lentera/ui/parts'
import { DryRun, type DryRunAnswers } from '../../../sheets/dry-run.tsx'
import { useSayNumberedDates } from '../../../sheets/say-dates.ts'
import { writeShifts } from '../say.ts'
import { changesIn, ListChanges } from './list-changes.tsx'
import type { Lists, Mappings, OpenedLists } from './lists.ts'
import { NewRows } from './new-rows.tsx'
import { rowsToWrite } from './take.ts'

/** Both lists as they would be taken: how many are new, what changes of whom, and each row that is not good, with its reason. */
export function RegisterDryRun({ lists, opened, mappings, isRecalled, most, onMost, answers }: RegisterDryRunProps) {
  const t = useText()
  const sayNumberedDates = useSayNumberedDates()
  const { left } = opened
  const { posts, officers } = lists
  const bad = (['posts', 'officers'] as const).flatMap((list) =>
    (lists[list]?.bad ?? []).map(({ line, who, reason, values }) => ({
      line,
      who,
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
  const grave = graveIn(lists)
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
        ...(opened.officers && mappings.officers
          ? sayNumberedDates(opened.officers.form, officerColumns, mappings.officers)
          : []),
        ...(left.length > 0 ? [t('register.file.left', { sheets: left.join(', ') })] : []),
        ...(officers && officers.missing > 0 ? [t('register.file.missing', { count: officers.missing })] : []),
        ...(officers?.oneHome ?? []).map(({ line, home }) => t('register.file.one-home', { line, home })),
        ...(officers && officers.unspoken.length > 0
          ? [t('register.file.unspoken', { words: officers.unspoken.slice(0, mostWords).join(', ') })]
          : []),
        ...(rows === 0 && bad.length === 0 ? [t('register.file.nothing-new')] : []),
      ]}
      bad={bad}
      confirm={grave > 0 ? t('register.change.confirm', { count: grave }) : undefined}
      good={{ count: rows, take: t('register.file.take', { count: rows }) }}
    >
      <ListChanges lists={lists} />
      <NewRows lists={lists} />
      {posts && posts.divided.length > 0 && <Divided posts={posts.divided} most={most} onMost={onMost} />}
    </DryRun>
  )
}

/** So many words that were not understood are named. */
const mostWords = 12

/** How many changes a person has to have looked at before anything is sealed. */
export const graveIn = (lists: Lists): number => changesIn(lists).filter(({ change }) => change.isGrave).length

/** Hours that name no shifts, or are longer than one duty: which shifts are made of them, and how long they are to be. */
function Divided({
  posts,
  most,
  onMost,
}: Pick<RegisterDryRunProps, 'most' | 'onMost'> & { readonly posts: PostFile['divided'] }) {
  const t = useText()
  const format = useFormat()
  return (
    <>
      <SelectField
        label={t('register.file.shift-hours')}
        why={t('register.file.shift-hours-why', { hours: longestDuty / 60 })}
        value={String(most)}
        choices={hoursOfShifts.map((hours) => ({
          value: String(60 * hours),
          label: t('register.file.hours', { hours }),
        }))}
        onChange={(minutes) => onMost(Number(minutes) || shiftMinutes)}
      />
      <DataTable
        caption={t('register.file.divided', { count: posts.length })}
        rows={posts}
        keyOf={({ line }) => String(line)}
        columns={[
          { id: 'line', label: t('evidence.rows.line'), value: ({ line }) => format.plain(line) },
          { id: 'post', label: t('register.column.name'), value: ({ name }) => name },
          {
            id: 'shifts',
            label: t('register.post.shifts'),
            value: ({ shifts }) => writeShifts(shifts, (day) => t(`register.weekday.${day}`)),
          },
        ]}
      />
    </>
  )
}

const hoursOfShifts = [6, 8, 12] as const

type RegisterDryRunProps = {
  readonly lists: Lists
  readonly opened: OpenedLists
  readonly mappings: Mappings
  /** The lists are read as they were before: nobody was asked. */
  readonly isRecalled: boolean
  /** Minutes that a shift of divided hours lasts at most. */
  readonly most: number
  readonly onMost: (minutes: number) => void
  readonly answers: DryRunAnswers
}
