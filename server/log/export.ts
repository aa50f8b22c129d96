import { CivilDate } from '@lentera/core/shared/dates'
import { Base64Url, DeviceId, Hash, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import { Country } from '@lentera/core/shared/places'
import * as z from 'zod'
import type { Database } from '../database/database.ts'

/**
 * One line of an exported log. A log is complete in itself: states, tallies and digests are folded again from it. Keys
 * and accounts are not in it (`exportKeys`): whoever holds a log can count, and name nobody.
 */
export const ExportedLine = z.discriminatedUnion('line', [
  z.strictObject({ line: z.literal('log'), version: z.literal(1) }),
  z.strictObject({
    line: z.literal('programme'),
    programme: ProgrammeId,
    name: z.string(),
    country: Country.nullable(),
    zone: z.string(),
    demonstration: z.boolean(),
  }),
  z.strictObject({ line: z.literal('blob'), programme: ProgrammeId, hash: Hash, bytes: Base64Url }),
  /** Sealed as it lies: it opens only where the server's secret is the same. */
  z.strictObject({ line: z.literal('holding'), programme: ProgrammeId, hash: Hash, sealed: Base64Url }),
  z.strictObject({
    line: z.literal('entry'),
    programme: ProgrammeId,
    audience: z.string(),
    received: CivilDate,
    text: z.string(),
    signature: Base64Url,
  }),
  z.strictObject({
    line: z.literal('cut-off'),
    programme: ProgrammeId,
    label: z.string(),
    made: z.string(),
  }),
  z.strictObject({
    line: z.literal('chain'),
    programme: ProgrammeId,
    device: DeviceId,
    hashes: z.array(Hash),
  }),
  z.strictObject({
    line: z.literal('quarantined'),
    programme: ProgrammeId,
    audience: z.string(),
    received: CivilDate,
    text: z.string(),
    signature: Base64Url,
    refusal: z.string(),
  }),
  /** What was made to be published: chance made part of it, and what it spent is spent. */
  z.strictObject({
    line: z.literal('publication-content'),
    programme: ProgrammeId,
    publication: StreamId,
    address: z.string(),
    hash: Hash,
    content: z.string(),
    inside: z.json(),
    population: z.string(),
    method: z.string(),
    epsilon: z.int(),
    delta: z.int(),
    madeOf: Hash.nullable(),
    prepared: z.string(),
  }),
  /** Last of all: a file that was cut off has none. */
  z.strictObject({ line: z.literal('end'), lines: z.int() }),
])
export type ExportedLine = z.infer<typeof ExportedLine>

const page = 1000

/** The whole log of every programme, line by line, in the order of its numbers. `progress` counts entries. */
export async function* exportLog(
  database: Database,
  progress: (done: number, total: number) => void = () => {},
): AsyncGenerator<ExportedLine> {
  let lines = 1
  yield { line: 'log', version: 1 }
  const programmes = await query<Programme>(
    database,
    'programmes to export',
    'select * from lentera.programme order by programme',
  )
  const total = programmes.reduce((sum, each) => sum + Number(each.head), 0)
  let done = 0
  for (const { programme, name, country, zone, demonstration } of programmes) {
    for await (const line of linesOf({ programme, name, country, zone, demonstration })) {
      lines += 1
      if (line.line === 'entry') progress(++done, total)
      yield line
    }
  }
  yield { line: 'end', lines }

  async function* linesOf(of: Omit<Programme, 'head'>): AsyncGenerator<ExportedLine> {
    const { programme } = of
    yield { line: 'programme', ...of }
    const blobs = await query<{ hash: Hash }>(
      database,
      'blobs to export',
      'select hash from lentera.blob where programme = $1 order by hash',
      [programme],
    )
    for (const { hash } of blobs) {
      const [blob] = await query<{ bytes: Buffer }>(
        database,
        'blob to export',
        'select bytes from lentera.blob where programme = $1 and hash = $2',
        [programme, hash],
      )
      if (blob) yield { line: 'blob', programme, hash, bytes: blob.bytes.toString('base64url') }
    }
    const holdings = await query<{ hash: Hash }>(
      database,
      'holdings to export',
      'select hash from lentera.holding_bytes where programme = $1 order by hash',
      [programme],
    )
    for (const { hash } of holdings) {
      const [holding] = await query<{ sealed: Buffer }>(
        database,
        'holding to export',
        'select sealed from lentera.holding_bytes where programme = $1 and hash = $2',
        [programme, hash],
      )
      if (holding) yield { line: 'holding', programme, hash, sealed: holding.sealed.toString('base64url') }
    }
    const cutOffs = await query<{ label: string; head: string; made: Date }>(
      database,
      'cut-offs to export',
      'select label, head, made_at as made from lentera.cut_off where programme = $1 order by head, label',
      [programme],
    )
    const cutOffsAt = Map.groupBy(cutOffs, (each) => Number(each.head))
    function* cutOffsOf(number: number): Generator<ExportedLine> {
      for (const { label, made } of cutOffsAt.get(number) ?? []) {
        yield { line: 'cut-off', programme, label, made: made.toISOString() }
      }
    }
    yield* cutOffsOf(0)
    for (let after = 0; ; ) {
      const rows = await query<{ number: string; audience: string; received: string; text: string; signature: string }>(
        database,
        'entries to export',
        `select number, audience, received_on::text as received, text, signature from lentera.entry
         where programme = $1 and number > $2 order by number limit $3`,
        [programme, after, page],
      )
      for (const { number, audience, received, text, signature } of rows) {
        yield { line: 'entry', programme, audience, received: CivilDate.parse(received), text, signature }
        yield* cutOffsOf(Number(number))
        after = Number(number)
      }
      if (rows.length < page) break
    }
    yield* publicationContents(database, programme)
    const chains = await query<{ device: DeviceId; hashes: Hash[] }>(
      database,
      'chains to export',
      `select device, array_agg(hash order by position) as hashes from lentera.chain_link where programme = $1
       group by device order by device`,
      [programme],
    )
    for (const { device, hashes } of chains) yield { line: 'chain', programme, device, hashes }
    const quarantined = await query<{
      audience: string
      received: string
      text: string
      signature: string
      refusal: string
    }>(
      database,
      'quarantined to export',
      `select audience, received_on::text as received, text, signature, refusal from lentera.quarantined_entry
       where programme = $1 order by id`,
      [programme],
    )
    for (const { received, ...row } of quarantined) {
      yield { line: 'quarantined', programme, received: CivilDate.parse(received), ...row }
    }
  }
}

async function* publicationContents(database: Database, programme: ProgrammeId): AsyncGenerator<ExportedLine> {
  const made = await query<{ publication: StreamId }>(
    database,
    'contents to export',
    'select publication from lentera.publication_content where programme = $1 order by prepared_at, publication',
    [programme],
  )
  for (const { publication } of made) {
    // One at a time: a content may be large.
    const [row] = await query<{ row: Record<string, never> }>(
      database,
      'content to export',
      `select jsonb_build_object('address', address, 'hash', hash, 'content', content, 'inside', inside, 'population',
         population, 'method', method, 'epsilon', epsilon, 'delta', delta, 'madeOf', made_of, 'prepared', prepared_at) as row
       from lentera.publication_content where programme = $1 and publication = $2`,
      [programme, publication],
    )
    if (row) yield ExportedLine.parse({ line: 'publication-content', programme, publication, ...row.row })
  }
}

type Programme = Omit<Extract<ExportedLine, { line: 'programme' }>, 'line'> & { readonly head: string }

function query<Row extends object>(
  database: Database,
  name: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return database.asOwner((transaction) => transaction.query<Row>(name, text, values))
}

/** One line of the file that lies beside an exported log: what opens it. It is kept apart from the log, and not for long. */
export const ExportedKeys = z.discriminatedUnion('line', [
  z.strictObject({ line: z.literal('keys'), version: z.literal(1), made: CivilDate, expires: CivilDate }),
  z.strictObject({ line: z.literal('wrapped-key'), row: z.record(z.string(), z.json()) }),
  z.strictObject({ line: z.literal('account'), row: z.record(z.string(), z.json()) }),
  z.strictObject({ line: z.literal('end'), lines: z.int() }),
])
export type ExportedKeys = z.infer<typeof ExportedKeys>

/** The wrapped keys and accounts. Destroying a person's key must reach backups too: hence a file of its own that expires. */
export async function* exportKeys(
  database: Database,
  made: CivilDate,
  expires: CivilDate,
): AsyncGenerator<ExportedKeys> {
  yield { line: 'keys', version: 1, made, expires }
  let lines = 1
  const tables = [
    [
      'wrapped-key',
      'select to_jsonb(k) as row from lentera.wrapped_key k order by programme, audience, key, epoch, recipient',
    ],
    ['account', 'select to_jsonb(a) as row from lentera.account a order by lookup'],
  ] as const
  for (const [line, text] of tables) {
    for (const { row } of await query<{ row: Record<string, never> }>(database, `${line} to export`, text)) {
      lines += 1
      yield { line, row }
    }
  }
  yield { line: 'end', lines }
}
