import { DataSetImported, dataSetImported } from '@lentera/core/evidence/entries'
import { Entry } from '@lentera/core/log/entry'
import { deviceAdded, memberAdmitted } from '@lentera/core/log/membership'
import type { CivilDate } from '@lentera/core/shared/dates'
import { type EntryId, MemberId, type OrganisationId, type ProgrammeId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal, refuse } from '@lentera/core/shared/refusals'
import { DevicePublicKey, hashNow, SignedCertificate, verifySignature } from '@lentera/sealed/verify'
import { checkCertificate, type Standing, standingOf } from '../access/certificates.ts'
import type { Audience } from '../access/viewer.ts'
import type { Database, Transaction } from '../database/database.ts'
import { fixCutOff } from '../projections/cut-off.ts'
import { project } from '../projections/project.ts'
import { type DataSetRow, readDataSet, storeDataSets } from '../rooms/evidence/data-sets.ts'
import { ExportedKeys, ExportedLine } from './export.ts'
import { type Placed, storeEntries } from './store.ts'

export type Imported = { readonly programmes: number; readonly entries: number }

/**
 * Rebuilds everything from an exported log, in an empty database: entries under the numbers they had, states, tallies,
 * digests, cut-offs. One transaction: a file that is cut off, or in which one signature is wrong, leaves nothing behind.
 *
 * @param lines the file, line by line, as text
 */
export async function importLog(
  database: Database,
  lines: AsyncIterable<string>,
  progress: (done: number) => void = () => {},
): Promise<Decision<Imported>> {
  try {
    return accept(
      await database.asOwner(async (transaction) => {
        const found = await transaction.query('any programme', 'select 1 from lentera.programme limit 1')
        if (found.length > 0) throw new Refused({ code: 'log.import-not-empty', values: {} })
        return new Importing(transaction, progress).run(lines)
      }),
    )
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal }
    throw error
  }
}

/**
 * Brings back wrapped keys and accounts beside an imported log. Rows that are there already stay as they are; the keys of a
 * case that the log says is erased do not come back.
 */
export async function importKeys(
  database: Database,
  lines: AsyncIterable<string>,
  today: CivilDate,
): Promise<Decision<number>> {
  const rows: Record<'wrapped-key' | 'account', unknown[]> = { 'wrapped-key': [], account: [] }
  let count = 0
  let isWhole = false
  for await (const text of lines) {
    const line = parseLine(text, ExportedKeys)
    if (!line.ok) return line
    const { value } = line
    if (value.line === 'keys' && value.expires < today) return refuse('log.keys-expired', { expired: value.expires })
    if (value.line === 'end') isWhole = value.lines === count
    else count += 1
    if (value.line === 'wrapped-key' || value.line === 'account') rows[value.line].push(value.row)
  }
  if (!isWhole) return refuse('log.import-cut-off')
  await database.asOwner(async (transaction) => {
    for (const [name, table, which] of [
      ['wrapped-key', 'wrapped_key', notErased],
      ['account', 'account', 'true'],
    ] as const) {
      await transaction.query(
        `import ${name}`,
        `insert into lentera.${table} select * from jsonb_populate_recordset(null::lentera.${table}, $1::jsonb) as given
         where ${which} on conflict do nothing`,
        [JSON.stringify(rows[name])],
      )
    }
  })
  return accept(count)
}

const notErased = `not exists (select 1 from lentera.stream
  where stream.programme = given.programme and stream.audience = given.audience and stream.stream = given.stream
    and stream.erased)`

/** Leaves the transaction, and with it everything that was written. */
class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** Entries stored and folded together; also the point up to which a kill costs work and nothing else. */
const together = 500

class Importing {
  readonly #transaction: Transaction
  readonly #progress: (done: number) => void
  #waiting: (Placed & { readonly programme: ProgrammeId; readonly received: CivilDate })[] = []
  #heads = new Map<ProgrammeId, number>()
  #entries = 0

  constructor(transaction: Transaction, progress: (done: number) => void) {
    this.#transaction = transaction
    this.#progress = progress
  }

  async run(lines: AsyncIterable<string>): Promise<Imported> {
    let count = 0
    let isWhole = false
    for await (const text of lines) {
      const line = parseLine(text, ExportedLine)
      if (!line.ok) throw new Refused({ ...line.refusal, values: { line: count + 1 } })
      if (line.value.line === 'end') {
        isWhole = line.value.lines === count
        break
      }
      count += 1
      await this.#take(line.value)
    }
    if (!isWhole) throw new Refused({ code: 'log.import-cut-off', values: { lines: count } })
    await this.#flush()
    await this.#verify()
    return { programmes: this.#heads.size, entries: this.#entries }
  }

  async #take(line: Exclude<ExportedLine, { line: 'end' }>): Promise<void> {
    if (line.line === 'entry') {
      const next = { ...placedOf(line), programme: line.programme, received: line.received }
      const [first] = this.#waiting
      const fits = !first || (first.programme === next.programme && first.received === next.received)
      if (!fits || this.#waiting.length === together) await this.#flush()
      this.#waiting.push(next)
      return
    }
    await this.#flush()
    if (line.line === 'programme') {
      const { programme, name, country, zone, demonstration } = line
      this.#heads.set(programme, 0)
      await this.#transaction.query(
        'import programme',
        'insert into lentera.programme (programme, name, country, zone, demonstration) values ($1, $2, $3, $4, $5)',
        [programme, name, country, zone, demonstration],
      )
    } else if (line.line === 'blob') {
      const bytes = Buffer.from(line.bytes, 'base64url')
      await this.#transaction.query(
        'import blob',
        'insert into lentera.blob (programme, hash, bytes) values ($1, $2, $3)',
        [line.programme, line.hash, bytes],
      )
    } else if (line.line === 'holding') {
      await this.#transaction.query(
        'import holding',
        'insert into lentera.holding_bytes (programme, hash, sealed) values ($1, $2, $3)',
        [line.programme, line.hash, Buffer.from(line.sealed, 'base64url')],
      )
    } else if (line.line === 'cut-off') {
      const { programme, label, made } = line
      await fixCutOff(this.#transaction, { programme, label, head: this.#heads.get(programme) ?? 0, made })
    } else if (line.line === 'chain') {
      await this.#transaction.query(
        'import chain',
        `insert into lentera.chain_link (programme, device, position, hash)
         select $1, $2, ordinal, hash from unnest($3::text[]) with ordinality as link (hash, ordinal)`,
        [line.programme, line.device, line.hashes],
      )
    } else if (line.line === 'publication-content') {
      if (hashNow(line.content) !== line.hash) throw new Refused({ code: 'log.import-unreadable', values: {} })
      const { programme, publication, address, hash, content, population, method, epsilon, delta, madeOf } = line
      await this.#transaction.query(
        'import content',
        `insert into lentera.publication_content (programme, publication, address, hash, content, inside, population,
           method, epsilon, delta, made_of, prepared_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          ...[programme, publication, address, hash, content, JSON.stringify(line.inside), population, method],
          ...[epsilon, delta, madeOf, line.prepared],
        ],
      )
    } else if (line.line === 'quarantined') {
      const { entry } = placedOf(line)
      await this.#transaction.query(
        'import quarantined',
        'insert into lentera.quarantined_entry values ($1, $2, $3, $4, $5, $6, $7)',
        [line.programme, line.audience, entry.id, line.text, line.signature, line.refusal, line.received],
      )
    }
  }

  async #flush(): Promise<void> {
    const [first] = this.#waiting
    if (!first) return
    const { programme, received } = first
    const head = this.#heads.get(programme) ?? 0
    await storeEntries(this.#transaction, programme, head, this.#waiting, received)
    await storeDataSets(this.#transaction, programme, this.#waiting, { rows: await this.#dataSets(programme) })
    await project(this.#transaction, programme, this.#waiting)
    this.#heads.set(programme, head + this.#waiting.length)
    this.#entries += this.#waiting.length
    this.#progress(this.#entries)
    this.#waiting = []
  }

  async #dataSets(programme: ProgrammeId): Promise<Map<EntryId, readonly DataSetRow[]>> {
    const rows = new Map<EntryId, readonly DataSetRow[]>()
    for (const { entry } of this.#waiting.filter((each) => each.entry.kind === dataSetImported.kind)) {
      const coded = DataSetImported.safeParse(entry.coded)
      if (!coded.success) continue
      const [blob] = await this.#transaction.query<{ bytes: Uint8Array }>(
        'imported blob',
        'select bytes from lentera.blob where programme = $1 and hash = $2',
        [programme, coded.data.hash],
      )
      const read = blob ? await readDataSet(blob.bytes, coded.data, entry.on) : refuse('evidence.bytes-missing')
      if (!read.ok) throw new Refused(read.refusal)
      rows.set(entry.id, read.value)
    }
    return rows
  }

  /** Every certificate back to its root, and every signature by its device: an exported log is believed no more than a batch. */
  async #verify(): Promise<void> {
    for (const programme of this.#heads.keys()) {
      const membership = await this.#transaction.query<{ text: string }>(
        'imported membership',
        'select text from lentera.entry where programme = $1 and kind = any($2::text[]) order by number',
        [programme, [memberAdmitted.kind, deviceAdded.kind]],
      )
      const entries = membership.map(({ text }) => Entry.parse(JSON.parse(text)))
      // Every certificate there was, of other keys too where such a log is older than their refusal.
      const admitted = entries.filter(({ kind }) => kind === memberAdmitted.kind)
      const members = Map.groupBy(admitted, ({ coded }) => MemberId.parse(coded.member))
      const certificates = new Map(
        [...members].map(([member, all]) => [
          member,
          all.flatMap(({ coded }) => SignedCertificate.safeParse(coded.certificate).data ?? []),
        ]),
      )
      const standings = new Map<OrganisationId, Standing | undefined>()
      for (const entry of entries) {
        const [holder] = await this.#transaction.query<{ organisation: OrganisationId }>(
          'organisation of a member',
          'select organisation from lentera.member where programme = $1 and member = $2',
          [programme, entry.coded.member],
        )
        if (holder && !standings.has(holder.organisation))
          standings.set(holder.organisation, await standingOf(this.#transaction, programme, holder.organisation))
        const standing = holder && standings.get(holder.organisation)
        const certified = standing
          ? await checkCertificate(entry, { ...standing, members: certificates })
          : refuse('access.certificate-of-another')
        if (!certified.ok) throw new Refused(certified.refusal)
      }
      const devices = await this.#transaction.query<{ device: string; sign_key: string }>(
        'imported devices',
        'select device, sign_key from lentera.device where programme = $1',
        [programme],
      )
      const keys = new Map(devices.map((row) => [row.device, DevicePublicKey.parse(row.sign_key)]))
      for (let after = 0, last = this.#heads.get(programme) ?? 0; after < last; after += together) {
        const rows = await this.#transaction.query<{ device: string; text: string; signature: string }>(
          'imported entries',
          `select device, text, signature from lentera.entry
           where programme = $1 and number > $2 and number <= $2 + $3`,
          [programme, after, together],
        )
        const good = await Promise.all(
          rows.map(async ({ device, text, signature }) => {
            const key = keys.get(device)
            return key !== undefined && verifySignature(key, text, signature)
          }),
        )
        if (good.includes(false)) throw new Refused({ code: 'sealed.bad-signature', values: {} })
      }
    }
  }
}

function placedOf(line: { readonly text: string; readonly signature: string; readonly audience: string }): Placed {
  const { text, signature } = line
  const entry = parseLine(text, Entry)
  if (!entry.ok) throw new Refused(entry.refusal)
  // An audience is written by the server that exported it; row-level security makes of a false one a row nobody reads.
  return { entry: entry.value, signed: { text, signature }, hash: hashNow(text), audience: line.audience as Audience }
}

function parseLine<T>(
  text: string,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
): Decision<T> {
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? accept(parsed.data) : refuse('log.import-unreadable')
  } catch {
    return refuse('log.import-unreadable')
  }
}
