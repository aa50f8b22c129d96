import type { Translate } from '@lentera/ui/catalogues/text'
import { EmptyState, KeyHint, LoadingState, PageTitle, TextField, useFormat, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useSnapshot } from '../../device/context.ts'
import { isOpen, type OpenedCase } from '../../device/desk.ts'
import { found as foundBy } from '../../device/search.ts'
import { Marks } from '../records/list.tsx'
import recordStyles from '../records/records.module.css'
import { CaseName, sayName } from './case-name.tsx'
import styles from './support.module.css'
import { Travelling } from './travelling.tsx'

type Filter = 'open' | 'closed' | 'all'
const filters: readonly Filter[] = ['open', 'closed', 'all']

/** Every case of her on this device: searched by code, name, place or contact, in memory, with each letter. */
export function CaseloadPage() {
  const t = useText()
  const caseload = useSnapshot((snapshot) => snapshot.caseload)
  const phase = useSnapshot((snapshot) => snapshot.phase)
  const travelling = useSnapshot((snapshot) => snapshot.travelling)
  const [filter, setFilter] = useState<Filter>('open')
  const [query, setQuery] = useState('')
  const searched = useDeferredValue(query)
  const found = useMemo(
    () =>
      foundBy(
        caseload.filter((each) => passes(each, filter)),
        searched,
      ),
    [caseload, filter, searched],
  )
  // A thousand rows take a third of a second: what fits a screen comes first, the rest behind it, where a letter typed into
  // the search interrupts it.
  const shown = useDeferredValue(found, found.slice(0, firstRows))
  const box = useRef<HTMLDivElement>(null)
  useSlash(() => box.current?.querySelector('input')?.focus())

  if (phase === 'starting') return <LoadingState />
  if (travelling)
    return (
      <>
        <PageTitle>{t('travel.caseload')}</PageTitle>
        <Travelling />
      </>
    )
  return (
    <>
      <PageTitle under={t('support.caseload.under')}>
        {t('support.caseload.title', { count: caseload.filter(isOpen).length })}
      </PageTitle>
      <div className={recordStyles.tools}>
        <div ref={box} className={styles.search}>
          <TextField label={t('support.caseload.search')} value={query} onChange={setQuery} />
          <span className={styles.hint}>
            <KeyHint keys="/">{t('support.caseload.search-key')}</KeyHint>
          </span>
        </div>
        <fieldset className={styles.filters}>
          <legend className="said">{t('support.caseload.filter')}</legend>
          {filters.map((each) => (
            <label key={each} className={styles.filter}>
              <input type="radio" name="caseload-filter" checked={filter === each} onChange={() => setFilter(each)} />
              {t(`support.caseload.filter.${each}`, { count: caseload.filter((one) => passes(one, each)).length })}
            </label>
          ))}
        </fieldset>
        <Link to="/cases/new" className={styles.next}>
          {t('support.caseload.new')}
        </Link>
      </div>
      <p role="status" className="said">
        {t('support.caseload.found', { count: found.length })}
      </p>
      {found.length > 0 ? (
        <ul className={`card ${recordStyles.list}`} aria-label={t('support.caseload.list')}>
          {shown.map((each) => (
            <CaseRow key={each.stream} {...rowOf(each, t)} />
          ))}
        </ul>
      ) : caseload.length === 0 ? (
        <EmptyState title={t('support.caseload.empty')}>{t('support.caseload.empty-text')}</EmptyState>
      ) : (
        <EmptyState title={t('support.caseload.nothing-found')}>{t('support.caseload.nothing-found-text')}</EmptyState>
      )}
    </>
  )
}

const firstRows = 40

type Row = ReturnType<typeof rowOf>

/** What a row says of a case, in plain values: it is drawn again when one of them moves, not when its case is opened further. */
const rowOf = ({ stream, code, fields, file, unsent }: OpenedCase, t: Translate) => ({
  stream,
  code,
  name: sayName(fields.name, t),
  erased: file.erased !== undefined,
  status: file.status ?? 'disputed',
  openedOn: file.openedOn,
  inError: file.enteredInError,
  twoVersions: file.conflicts.length > 0,
  unsent,
})

const CaseRow = memo(function CaseRow({
  stream,
  code,
  name,
  erased,
  status,
  openedOn,
  inError,
  twoVersions,
  unsent,
}: Row) {
  const t = useText()
  const format = useFormat()
  return (
    <li className={styles.caseRow}>
      <Link to="/cases/$stream" params={{ stream }} className={styles.caseLink}>
        <span className={recordStyles.code}>{code}</span>
        <CaseName name={name} erased={erased} />
        <span className={styles.marks}>
          <Marks inError={inError} twoVersions={twoVersions} unsent={unsent} />
          <span className={recordStyles.quiet}>
            {t(`support.status.${status}`)} · {format.date(openedOn)}
          </span>
        </span>
      </Link>
    </li>
  )
})

const passes = (each: OpenedCase, filter: Filter): boolean => filter === 'all' || (filter === 'open') === isOpen(each)

/** `/` goes to the search, unless she is writing. */
function useSlash(focus: () => void): void {
  const latest = useRef(focus)
  latest.current = focus
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]'))
        return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
