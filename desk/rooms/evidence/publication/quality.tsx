import type { Inside, PublicationDraft, SinceEarlier, ZerosEffects } from '@lentera/core/evidence/publication/answers'
import type { Zeros } from '@lentera/core/evidence/publication/words'
import type { StreamId } from '@lentera/core/shared/ids'
import { leastMove, type PublishedQuality } from '@lentera/core/shared/publication'
import {
  BarsByGroup,
  type Column,
  DataTable,
  exact,
  LoadingState,
  protectedFigure,
  RefusalNotice,
  Section,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useAnswer } from '../../../device/use-answer.ts'
import { parsePicture } from './answers.ts'
import { BudgetBar } from './ledger.tsx'
import styles from './publication.module.css'
import { inLanguage, sayDay } from './said.ts'

/** What those who sign look at beside the content: the audit, how near it is, and what it spends. */
export function QualityView({ draft }: { readonly draft: PublicationDraft }) {
  const t = useText()
  const { audit, quality, warnings, zeros, totalAway, since } = draft.inside
  const { spending } = draft
  const { method } = draft.content
  return (
    <Section title={t('publication.quality')} note={t('publication.quality-note')}>
      <div className={styles.stack}>
        {audit && (
          <p>
            {t('publication.audit', {
              cells: audit.cells,
              hidden: audit.hidden,
              open: audit.open,
              earlier: audit.earlier,
            })}
          </p>
        )}
        {since && <SinceView since={since} />}
        {/* What it spends is drawn below. */}
        {warnings
          .filter((warning) => warning !== 'spends')
          .map((warning) => (
            <p key={warning} className={styles.notice}>
              {t(`release.warning.${warning}`)}
            </p>
          ))}
        {spending && (
          <BudgetBar
            budget={spending.before.epsilon}
            spent={0}
            asked={spending.before.epsilon - spending.after.epsilon}
          />
        )}
        {'stood' in method && method.stood && (
          <p className={styles.note}>
            {t('publication.quality.stands', { least: leastMove(method), most: leastMove(method) - 1 })}
          </p>
        )}
        {totalAway !== undefined && (
          <p className={styles.notice}>{t('publication.quality.total-away', { away: totalAway })}</p>
        )}
        {draft.content.quality?.estimated && <p className={styles.note}>{t('publication.quality.estimated')}</p>}
        {zeros && <ZerosTable zeros={zeros} />}
        {quality && <QualityTables quality={quality} ofRecords={draft.content.data.kind === 'records'} />}
      </div>
    </Section>
  )
}

/** Which earlier release it was laid beside, and what became of each of its numbers. */
function SinceView({ since: { release, cells } }: { readonly since: SinceEarlier }) {
  const t = useText()
  const format = useFormat()
  const { publication, title, asOf, releasedOn } = release
  return (
    <section className={styles.stack} aria-label={t('publication.since')}>
      <p>
        {t('publication.since')}{' '}
        <Link to="/publications/$stream" params={{ stream: publication }}>
          {inLanguage(title, format.language)}
        </Link>
        {` · ${t('publication.since.as-of', { day: sayDay(asOf, format) })} · `}
        {releasedOn === null
          ? t('publication.since.not-signed')
          : t('publication.released', { date: format.date(releasedOn) })}
      </p>
      <dl className={styles.facts}>
        {(['stand', 'moved', 'newlyHidden', 'newlyShown', 'stayHidden', 'added', 'gone'] as const)
          .filter((what) => cells[what] > 0 || alwaysSaid.has(what))
          .map((what) => (
            <Fragment key={what}>
              <dt>{t(`publication.since.${what}`)}</dt>
              <dd>{format.number(cells[what])}</dd>
            </Fragment>
          ))}
      </dl>
    </section>
  )
}

/** Whoever signs looks for these, also where they are none. */
const alwaysSaid: ReadonlySet<keyof SinceEarlier['cells']> = new Set(['stand', 'moved', 'newlyHidden', 'newlyShown'])

/** What either choice of zeros lets be seen: the one that is signed first. */
function ZerosTable({ zeros: { chosen, effects, notTried } }: { readonly zeros: ZerosEffects }) {
  const t = useText()
  const other: Zeros = chosen === 'hide' ? 'show' : 'hide'
  const rows = [chosen, other].flatMap((zeros) => {
    const effect = effects[zeros]
    return effect ? [{ zeros, ...effect }] : []
  })
  return (
    <>
      <DataTable
        stacks
        caption={t('publication.zeros.effects')}
        note={t(`publication.zeros.chosen-${chosen}`)}
        rows={rows}
        keyOf={({ zeros }) => zeros}
        columns={[
          { id: 'zeros', label: t('publication.zeros'), value: ({ zeros }) => t(`publication.zeros.${zeros}`) },
          { id: 'shown', label: t('publication.zeros.shown'), value: ({ shown }) => exact(shown) },
          { id: 'somebody', label: t('publication.zeros.of-somebody'), value: ({ ofSomebody }) => exact(ofSomebody) },
          { id: 'hidden', label: t('publication.zeros.hidden'), value: ({ hidden }) => exact(hidden) },
          { id: 'persons', label: t('publication.zeros.persons'), value: ({ persons }) => exact(persons) },
        ]}
      />
      {effects[other] === null && (
        <p className={styles.note}>
          {t(notTried ? `publication.zeros.not-tried.${notTried}` : 'publication.zeros.not-tried')}
        </p>
      )}
    </>
  )
}

function QualityTables({ quality, ofRecords }: { readonly quality: PublishedQuality; readonly ofRecords: boolean }) {
  const t = useText()
  const format = useFormat()
  const percent = (share: number): string => format.percent(100 * share, 1)
  const { tail } = quality
  const fabricated: readonly Column<PublishedQuality['byLength'][number]>[] = [
    { id: 'fabricated', label: t('publication.quality.fabricated'), value: (row) => percent(row.fabricated.number) },
    {
      id: 'fabricated-weight',
      label: t('publication.quality.fabricated-weight'),
      value: (row) => percent(row.fabricated.weight),
    },
  ]
  return (
    <>
      <DataTable
        stacks
        caption={t('publication.quality.by-length')}
        note={t('publication.quality.by-length-note')}
        rows={quality.byLength}
        keyOf={({ length }) => String(length)}
        columns={[
          { id: 'length', label: t('publication.quality.length'), value: ({ length }) => exact(length) },
          {
            id: 'combinations',
            label: t('publication.quality.combinations'),
            value: ({ combinations }) => exact(combinations),
          },
          {
            id: 'error',
            label: t('publication.quality.error'),
            value: ({ error }) => format.number(Math.round(error * 10) / 10),
          },
          { id: 'lost', label: t('publication.quality.lost'), value: ({ suppressed }) => percent(suppressed.number) },
          {
            id: 'lost-weight',
            label: t('publication.quality.lost-weight'),
            value: ({ suppressed }) => percent(suppressed.weight),
          },
          ...(ofRecords ? fabricated : []),
        ]}
      />
      {tail && (
        <p>
          {t('publication.quality.tail', {
            half: Math.round(tail.half),
            ninety: Math.round(tail.ninety),
            most: Math.round(tail.ninetyNine),
            largest: Math.round(tail.largest),
          })}
        </p>
      )}
      {quality.questions.length > 0 && (
        <DataTable
          stacks
          caption={t('publication.quality.questions')}
          note={t('publication.quality.questions-note')}
          rows={quality.questions}
          keyOf={({ name }) => name}
          columns={[
            { id: 'name', label: t('publication.quality.question'), value: ({ name }) => name },
            { id: 'distance', label: t('publication.quality.distance'), value: ({ distance }) => percent(distance) },
          ]}
        />
      )}
    </>
  )
}

/** What was counted beside what is released, field by field: for the steward and the protection officer alone. */
export function PictureView({ stream }: { readonly stream: StreamId }) {
  const t = useText()
  const { answer } = useAnswer(`/api/publications/${stream}/picture`, parsePicture)
  if (answer?.ok && answer.value.picture.length === 0) return null
  return (
    <Section title={t('publication.picture')} note={t('publication.picture-note')}>
      {answer === undefined ? (
        <LoadingState />
      ) : answer.ok ? (
        <div className={styles.stack}>
          {answer.value.picture.map((field) => (
            <FieldPicture key={field.field} field={field} />
          ))}
        </div>
      ) : (
        <RefusalNotice refusal={answer.refusal} />
      )}
    </Section>
  )
}

function FieldPicture({ field }: { readonly field: Inside['picture'][number] }) {
  const t = useText()
  const { language } = useFormat()
  const title = inLanguage(field.label, language)
  return (
    <BarsByGroup
      title={title}
      units={t('publication.unit.persons')}
      source={t('publication.picture-source')}
      layout="grouped"
      groups={field.parts.map(({ code, label, real, released }) => ({
        id: code,
        label: inLanguage(label, language),
        figures: { real: exact(real), released: released === null ? protectedFigure : exact(released) },
      }))}
      series={[
        { id: 'real', label: t('publication.picture.real'), look: 1 },
        { id: 'released', label: t('publication.picture.released'), look: 2 },
      ]}
    />
  )
}
