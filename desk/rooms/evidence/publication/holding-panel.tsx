import type { HoldingRow, PublicationBoard } from '@lentera/core/evidence/publication/answers'
import { bringHolding } from '@lentera/core/evidence/publication/capture'
import { StreamId } from '@lentera/core/shared/ids'
import { type Decision, type Refusal, refuse } from '@lentera/core/shared/refusals'
import type { Translate } from '@lentera/ui/catalogues/text'
import {
  Actions,
  CheckField,
  ChoiceField,
  DataTable,
  EmptyState,
  exact,
  Form,
  LoadingState,
  NextButton,
  QuietButton,
  RefusalNotice,
  Section,
  TextField,
  useText,
} from '@lentera/ui/parts'
import { useRef, useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { FromHoldingWorker, ReadHolding, ToHoldingWorker } from './holding-words.ts'
import styles from './publication.module.css'
import { isSteward } from './said.ts'

/** The files that something may be published of: brought by a steward, read by nobody but the making of a content. */
export function HoldingPanel({
  board,
  onBrought,
}: {
  readonly board: PublicationBoard
  readonly onBrought: () => void
}) {
  const t = useText()
  const steward = useSnapshot(({ me }) => isSteward(me))
  const [bringing, setBringing] = useState(false)
  return (
    <Section
      title={t('publication.holdings')}
      note={t('publication.holdings-note')}
      actions={
        steward &&
        !bringing && <QuietButton onClick={() => setBringing(true)}>{t('publication.holding.bring')}</QuietButton>
      }
    >
      <div className={styles.stack}>
        {board.holdings.length === 0 ? (
          <EmptyState title={t('publication.holdings-none')} />
        ) : (
          <Holdings holdings={board.holdings} />
        )}
        {bringing && (
          <Bring
            onGivenUp={() => setBringing(false)}
            onBrought={() => {
              setBringing(false)
              onBrought()
            }}
          />
        )}
      </div>
    </Section>
  )
}

function Holdings({ holdings }: { readonly holdings: readonly HoldingRow[] }) {
  const t = useText()
  return (
    <DataTable
      stacks
      caption={t('publication.holdings-caption')}
      rows={holdings}
      keyOf={({ stream }) => stream}
      columns={[
        { id: 'name', label: t('publication.holding.name'), value: ({ name }) => name },
        {
          id: 'form',
          label: t('publication.holding.form'),
          value: (row) => sayForm(row, t),
        },
        { id: 'edition', label: t('dissemination.edition'), value: ({ edition }) => edition },
        { id: 'rows', label: t('publication.holding.rows'), value: ({ rows }) => exact(rows) },
        { id: 'publisher', label: t('publication.publisher'), value: ({ publisher }) => publisher },
      ]}
    />
  )
}

const sayForm = ({ form, isDataSet }: HoldingRow, t: Translate): string =>
  [t(`publication.holding.form.${form}`), ...(isDataSet ? [t('publication.holding.data-set')] : [])].join(' · ')

const nothing = { name: '', publisher: '', edition: '', source: '', terms: '' }
type Said = typeof nothing

function Bring({ onBrought, onGivenUp }: { readonly onBrought: () => void; readonly onGivenUp: () => void }) {
  const t = useText()
  const desk = useDesk()
  const me = useSnapshot((snapshot) => snapshot.me)
  const input = useRef<HTMLInputElement>(null)
  const [form, setForm] = useState<ReadHolding['form']>('table')
  const [read, setRead] = useState<ReadHolding>()
  const [chosen, setChosen] = useState<File>()
  const [categories, setCategories] = useState<readonly string[]>([])
  const [said, setSaid] = useState<Said>(nothing)
  const [areOthers, setAreOthers] = useState(false)
  const [isInvented, setIsInvented] = useState(false)
  const [doing, setDoing] = useState<'reading' | 'sending'>()
  const [refusal, setRefusal] = useState<Refusal>()
  const take = async (file: File, kinds: readonly string[]): Promise<void> => {
    setChosen(file)
    setCategories(kinds)
    setRefusal(undefined)
    setRead(undefined)
    setDoing('reading')
    const bytes = await file.arrayBuffer().catch(() => undefined)
    const decided = bytes
      ? await readApart({ form, bytes: new Uint8Array(bytes), categories: kinds })
      : refuse('evidence.file-gone')
    setDoing(undefined)
    if (decided.ok) setRead(decided.value)
    else setRefusal(decided.refusal)
  }
  const bring = async (): Promise<Decision<unknown>> => {
    if (!me || !read) return refuse('publication.no-file')
    const stream = StreamId.parse(crypto.randomUUID())
    const { content, ...shape } = read
    const about = areOthers ? ('others' as const) : ('survivors' as const)
    const holding = {
      ...said,
      ...shape,
      ...(categories.length > 0 ? { categories } : {}),
      bytes: content.length,
      about,
      invented: isInvented,
    }
    const drafts = bringHolding(stream, me.organisation, holding, desk.moment().today)
    if (!drafts.ok) return drafts
    // The bytes first: what is said of a file that is not there helps nobody.
    const sent = await desk.sendBytes(`/api/publications/holdings/${read.hash}`, content)
    if (!sent.ok) return sent
    const written = await desk.write(drafts.value)
    if (written.ok) await desk.exchange()
    return written
  }
  const save = async (): Promise<void> => {
    setRefusal(undefined)
    setDoing('sending')
    try {
      const done = await bring()
      if (done.ok) onBrought()
      else setRefusal(done.refusal)
    } finally {
      setDoing(undefined)
    }
  }
  const field = (name: keyof Said, label: string, why?: string) => (
    <TextField
      label={label}
      {...(why === undefined ? {} : { why })}
      value={said[name]}
      onChange={(value) => setSaid((now) => ({ ...now, [name]: value }))}
    />
  )
  return (
    <Form label={t('publication.holding.bring')} onSubmit={save}>
      <ChoiceField
        label={t('publication.holding.form')}
        value={form}
        choices={(['table', 'records'] as const).map((value) => ({
          value,
          label: t(`publication.holding.form.${value}`),
          hint: t(`publication.holding.form.${value}-hint`),
        }))}
        onChange={(value) => {
          setForm(value === 'records' ? 'records' : 'table')
          setRead(undefined)
          setRefusal(undefined)
          setCategories([])
        }}
      />
      <Actions>
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,.xlsx,.gz"
          aria-label={t('publication.holding.choose')}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0]
            event.currentTarget.value = ''
            if (file) void take(file, [])
          }}
        />
        <QuietButton onClick={() => input.current?.click()}>{t('publication.holding.choose')}</QuietButton>
      </Actions>
      {doing === 'reading' && <LoadingState label={t('publication.holding.reading')} lines={1} />}
      {read && (
        <p role="status">{t('publication.holding.read', { rows: read.rows, columns: read.columns.join(', ') })}</p>
      )}
      {refusal &&
        askedOf(refusal).map((column) => (
          <CheckField
            key={column}
            label={t('publication.holding.category', { column })}
            why={t('publication.holding.category-why')}
            checked={false}
            onChange={() => chosen && void take(chosen, [...categories, column])}
          />
        ))}
      {categories.map((column) => (
        <CheckField
          key={column}
          label={t('publication.holding.category', { column })}
          checked
          onChange={() =>
            chosen &&
            void take(
              chosen,
              categories.filter((each) => each !== column),
            )
          }
        />
      ))}
      {field('name', t('publication.holding.name'), t('publication.holding.name-why'))}
      {field('publisher', t('publication.publisher'))}
      {field('edition', t('dissemination.edition'))}
      {field('source', t('publication.source'))}
      {field('terms', t('publication.holding.terms'))}
      <CheckField
        label={t('publication.holding.others')}
        why={t('publication.holding.others-why')}
        checked={areOthers}
        onChange={setAreOthers}
      />
      <CheckField label={t('publication.holding.invented')} checked={isInvented} onChange={setIsInvented} />
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={doing !== undefined}>
          {doing === 'sending' ? t('evidence.import.sending') : t('publication.holding.bring')}
        </NextButton>
        <QuietButton onClick={onGivenUp}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}

/** The column of which only whoever knows the file can say that it holds no names. */
const askedOf = ({ code, values }: Refusal): readonly string[] =>
  code === 'records.may-be-names' && typeof values.column === 'string' ? [values.column] : []

/** Refused `evidence.reader-stopped` where the worker died: nothing is said of the file then. */
async function readApart(asked: ToHoldingWorker): Promise<FromHoldingWorker> {
  const worker = new Worker(new URL('./holding-worker.ts', import.meta.url), { type: 'module', name: 'holding' })
  const ended = Promise.withResolvers<FromHoldingWorker>()
  worker.onmessage = ({ data }: MessageEvent<FromHoldingWorker>) => ended.resolve(data)
  worker.onerror = () => ended.resolve(refuse('evidence.reader-stopped'))
  worker.onmessageerror = () => ended.resolve(refuse('evidence.reader-stopped'))
  worker.postMessage(asked)
  return ended.promise.finally(() => worker.terminate())
}
