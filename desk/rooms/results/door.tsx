import type { Figure, FigurePart, FigureValue } from '@lentera/core/results/figure'
import { wordsOf } from '@lentera/core/results/groups'
import { countModeOf, indicators } from '@lentera/core/results/indicators'
import { isExact } from '@lentera/core/shared/counts'
import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  DataTable,
  exact,
  LoadingState,
  QuietButton,
  RefusalNotice,
  SealMark,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import * as z from 'zod'
import { useDesk, useSnapshot } from '../../device/context.ts'
import { sayKey, sayKeyInFull, sayValue, shownFigure } from './figure-words.ts'
import styles from './results.module.css'

/** The figure, or the part of it, that was asked to open. */
export type Opening = { readonly figure: Figure; readonly part: FigurePart['key'] }

/** What a figure counts: the cases of her own team, or groups and the reason why it goes no further. */
export function Door({ opening, onClose }: { readonly opening: Opening; readonly onClose: () => void }) {
  const t = useText()
  const desk = useDesk()
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [opened, setOpened] = useState<Decision<Opened> | undefined>(undefined)
  const { figure, part } = opening
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
    // It is read from its top: the first thing that can be pressed may stand below the fold of a small screen.
    heading.current?.focus()
  }, [])
  useEffect(() => {
    let isHere = true
    const { key, scope, period } = figure
    desk
      .ask('/api/figures/open', { key, scope, period, part }, (answer) => Opened.parse(answer))
      .then(
        (answer) => {
          if (isHere) setOpened(answer)
        },
        () => {
          if (isHere) setOpened(refuse('server.failed'))
        },
      )
    return () => {
      isHere = false
    }
  }, [desk, figure, part])
  const title = [t(`indicator.${figure.key}`), sayKey(part, wordsOf([figure], t))].filter(Boolean).join(': ')
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={title} onClose={onClose}>
      <h2 ref={heading} tabIndex={-1} className={styles.doorTitle}>
        {title}
      </h2>
      <Counting figure={figure} />
      {opened === undefined && <LoadingState />}
      {opened && !opened.ok && <RefusalNotice refusal={opened.refusal} />}
      {opened?.ok && 'since' in opened.value && <Moved since={opened.value.since} />}
      {opened?.ok && opened.value.opening === 'records' && <Records streams={opened.value.streams} />}
      {opened?.ok && opened.value.opening === 'entries' && (
        <Entries opened={opened.value} figure={figure} title={title} />
      )}
      {opened?.ok && opened.value.opening === 'groups' && (
        <Groups groups={opened.value} figure={figure} title={title} />
      )}
      <QuietButton onClick={() => dialog.current?.close()}>{t('results.close')}</QuietButton>
    </dialog>
  )
}

/** What is counted and how, and as of when: before a reader looks at what is behind a figure, what it is. */
function Counting({ figure: { key, asOf, countedAt } }: { readonly figure: Figure }) {
  const t = useText()
  const format = useFormat()
  const indicator = indicators.find((each) => each.key === key)
  if (!indicator) return null
  const time = format.instant(Date.parse(countedAt))
  const date = CivilDate.safeParse(asOf?.slice(0, 10)).data
  return (
    <div className={styles.counting}>
      <p>{t(`definition.${key}`)}</p>
      <p>
        {t('results.door.unit', {
          unit: t(`unit.${indicator.unit}`),
          count: t(`count-mode.${countModeOf(indicator)}`),
        })}{' '}
        {date ? t('results.door.as-of', { date: format.date(date), time }) : t('results.door.live', { time })}
      </p>
    </div>
  )
}

/** What moved since an earlier cut-off, and how many corrections were written meanwhile. */
function Moved({ since }: { readonly since: Since }) {
  const t = useText()
  const format = useFormat()
  if (!since) return null
  const { asOf, was, is, corrections } = since
  const date = CivilDate.safeParse(asOf.slice(0, 10)).data
  const values = { was: sayValue(was, t, format), is: sayValue(is, t, format), date: date ? format.date(date) : asOf }
  const counts = was.kind === 'count' && is.kind === 'count' && isExact(was.count) && isExact(is.count)
  const difference = counts ? is.count.low - was.count.low : undefined
  return (
    <p className={styles.moved}>
      {difference === undefined
        ? t('results.door.was', values)
        : difference === 0
          ? t('results.door.unmoved', values)
          : difference > 0
            ? t('results.door.more', { ...values, difference: format.number(difference) })
            : t('results.door.fewer', { ...values, difference: format.number(-difference) })}{' '}
      {corrections !== null && t('results.door.corrections', { count: corrections })}
    </p>
  )
}

function Records({ streams }: { readonly streams: readonly StreamId[] }) {
  const t = useText()
  const { caseload, participants, criminalCases, stories } = useSnapshot()
  const isCounted = ({ stream }: { readonly stream: StreamId }): boolean => streams.includes(stream)
  const women = participants.filter(isCounted)
  const prosecuted = criminalCases.filter(isCounted)
  const told = stories.filter(isCounted)
  const here = [
    ...caseload.filter(isCounted).map((each) => ({ ...each, to: '/cases/$stream' as const })),
    ...women.map((each) => ({ ...each, to: '/livelihoods/$stream' as const })),
    ...prosecuted.map((each) => ({ ...each, to: '/justice/$stream' as const })),
    ...told.map((each) => ({ ...each, to: '/stories/$stream' as const })),
  ]
  const elsewhere = streams.length - here.length
  const [what = 'records'] = [
    ...women.map(() => 'participants'),
    ...prosecuted.map(() => 'criminal-cases'),
    ...told.map(() => 'stories'),
  ]
  return (
    <>
      <p>{t(`results.door.${what}`, { count: streams.length })}</p>
      <ul className={styles.records}>
        {here.map((each) => (
          <li key={each.stream}>
            <Link to={each.to} params={{ stream: each.stream }}>
              {each.code}
            </Link>{' '}
            <SealMark /> {(each.fields.changedName ?? each.fields.name)?.map(({ value }) => value).join(' / ')}
          </li>
        ))}
      </ul>
      {elsewhere > 0 && <p>{t('results.door.elsewhere', { count: elsewhere })}</p>}
    </>
  )
}

type Listed = { readonly figure: Figure; readonly title: string }

function Groups({ groups, figure, title }: Listed & { readonly groups: OpenedGroups }) {
  const t = wordsOf([figure], useText())
  return (
    <>
      <p>{t(`opening.${groups.why}`)}</p>
      <DataTable
        caption={title}
        rows={groups.groups}
        keyOf={(group) => JSON.stringify(group.key)}
        columns={[
          { id: 'group', label: t('results.group'), value: (group) => sayKeyInFull(group.key, t) || t('results.all') },
          { id: 'value', label: t('results.count'), value: (group) => shownFigure(group.value, t) },
        ]}
      />
    </>
  )
}

/** What her organisation wrote, row by row; each leads to where it was written. */
function Entries({ opened, figure, title }: Listed & { readonly opened: OpenedEntries }) {
  const t = wordsOf([figure], useText())
  const format = useFormat()
  const navigate = useNavigate()
  const isRegion = useSnapshot(({ me }) => me?.country === null)
  return (
    <>
      <p>{t('results.door.entries', { count: opened.entries.length })}</p>
      <DataTable
        caption={title}
        rows={opened.entries}
        keyOf={({ stream, record }) => `${stream} ${record}`}
        onOpenRow={({ stream, noun }) => {
          const to = roomOf[noun]
          if (to) navigate({ to, params: { stream } })
        }}
        columns={[
          { id: 'on', label: t('results.door.on'), value: ({ on }) => format.date(on) },
          { id: 'what', label: t('results.group'), value: ({ dimensions }) => sayKey(dimensions, t) },
          { id: 'amount', label: t('results.count'), value: ({ amount }) => exact(amount) },
        ]}
      />
      {indicators.some(({ key, latest }) => key === figure.key && latest?.stands) && <p>{t('results.door.stands')}</p>}
      {opened.elsewhere === null && <p>{t('results.door.elsewhere-kept')}</p>}
      {opened.elsewhere !== null && opened.elsewhere > 0 && (
        <p>
          {isRegion
            ? t('results.door.elsewhere-programme', { count: opened.elsewhere })
            : t('results.door.elsewhere-organisation', { count: opened.elsewhere })}
        </p>
      )}
    </>
  )
}

/** Where the streams of a noun are shown. */
const rooms = {
  'training-session': '/training/$stream',
  product: '/dissemination/products/$stream',
  event: '/dissemination/events/$stream',
  'training-module': '/dissemination/modules/$stream',
  'national-trainer': '/training/trainers/$stream',
  'self-care-request': '/training/self-care/requests/$stream',
  'self-care-webinar': '/training/self-care/webinars/$stream',
  outreach: '/awareness/outreach/$stream',
  sample: '/awareness/sample/$stream',
  reach: '/awareness/reach/$stream',
  headcount: '/workforce/headcounts/$stream',
  'workforce-flow': '/workforce/flows/$stream',
  'cover-release': '/workforce/cover/released',
  recommendation: '/workforce/recommendations/$stream',
  reform: '/workforce/reforms/$stream',
} as const
const roomOf: Readonly<Record<string, (typeof rooms)[keyof typeof rooms]>> = rooms

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null
const Value = z.custom<FigureValue>(isObject)
const Since = z.object({ asOf: z.string(), was: Value, is: Value, corrections: z.number().nullable() }).nullable()
type Since = z.infer<typeof Since>
const OpenedGroups = z.object({
  opening: z.literal('groups'),
  groups: z.array(z.object({ key: z.record(z.string(), z.string()), value: z.custom<FigurePart['value']>(isObject) })),
  asOf: z.string().nullable(),
  why: z.string(),
  since: Since,
})
type OpenedGroups = z.infer<typeof OpenedGroups>
const OpenedEntries = z.object({
  opening: z.literal('entries'),
  entries: z.array(
    z.object({
      stream: StreamId,
      noun: z.string(),
      record: z.string(),
      on: CivilDate,
      dimensions: z.record(z.string(), z.string()),
      amount: z.number(),
    }),
  ),
  elsewhere: z.number().nullable(),
  since: Since,
})
type OpenedEntries = z.infer<typeof OpenedEntries>
const Opened = z.union([
  z.object({ opening: z.literal('records'), streams: z.array(StreamId) }),
  OpenedGroups,
  OpenedEntries,
])
type Opened = z.infer<typeof Opened>
