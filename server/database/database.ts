import type { ProgrammeId } from '@lentera/core/shared/ids'
import { Pool, type PoolClient } from 'pg'
import { type Audience, audiencesOf, type Viewer } from '../access/viewer.ts'

/**
 * Rows come back as PostgreSQL sends them; whoever reads them parses them. Questions asked without waiting for one
 * another travel together (the protocol's pipeline) and are answered in the order they were asked.
 */
export type Transaction = {
  readonly query: <Row extends object>(name: string, text: string, values?: readonly unknown[]) => Promise<Row[]>
}

export type Database = {
  /** Under the application's role, seeing what `viewer` may see. One success or failure point. */
  readonly asViewer: <T>(viewer: Viewer, work: (transaction: Transaction) => Promise<T>) => Promise<T>
  /** Under the application's role while the log writes what it derives: the whole of one programme. */
  readonly asLog: <T>(programme: ProgrammeId, work: (transaction: Transaction) => Promise<T>) => Promise<T>
  /**
   * As `asLog`, one at a time for each programme in this process. Whoever appends waits here: on the programme's row she
   * would hold a connection while she waits, and a snapshot that keeps the database from clearing old rows away.
   */
  readonly asLogInTurn: <T>(programme: ProgrammeId, work: (transaction: Transaction) => Promise<T>) => Promise<T>
  /** Under the application's role, to find an account or a session: no programme's data is visible. */
  readonly atSignIn: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
  /** Under the application's role, what one programme says of itself and its membership: nothing with an audience. */
  readonly inProgramme: <T>(programme: ProgrammeId, work: (transaction: Transaction) => Promise<T>) => Promise<T>
  /** Under the publishing role: programmes, cut-offs and the tallies as of them, streams of publishing and what was released, of every programme; nothing else. */
  readonly asPublisher: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
  /** Under the owner's role: founding a programme, export, import, rebuilding. Never for a request of a member. */
  readonly asOwner: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

export function openPool(ownerUrl: string, connections = 10): Database {
  const pool = new Pool({ connectionString: ownerUrl, max: connections, pipeline: true })
  // A connection that is lost, idle or at work, is replaced by the pool at the next use, and whatever it was doing fails
  // by itself; unheard, either event would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const begin = (role: 'lentera_app' | 'lentera_publish' | null, settings: Record<string, string>): string => {
    const literals = Object.entries(settings).map(([name, value]) => `set local ${name} = ${quoted(value)}`)
    return ['begin', ...(role ? [`set local role ${role}`] : []), ...literals].join('; ')
  }
  const asLog: Database['asLog'] = (programme, work) =>
    transact(pool, begin('lentera_app', settingsOf(programme, [], 'projection')), work)
  const turns = new Map<ProgrammeId, Promise<unknown>>()
  return {
    asViewer: (viewer, work) =>
      transact(pool, begin('lentera_app', settingsOf(viewer.programme, audiencesOf(viewer), '')), work),
    asLog,
    asLogInTurn: (programme, work) => {
      const turn = (turns.get(programme) ?? Promise.resolve()).then(() => asLog(programme, work))
      // The next one waits for this to end, however it ends.
      const ended = turn.then(
        () => undefined,
        () => undefined,
      )
      turns.set(programme, ended)
      return turn
    },
    atSignIn: (work) => transact(pool, begin('lentera_app', { 'lentera.work': 'sign-in' }), work),
    inProgramme: (programme, work) => transact(pool, begin('lentera_app', settingsOf(programme, [], '')), work),
    asPublisher: (work) => transact(pool, begin('lentera_publish', {}), work),
    asOwner: (work) => transact(pool, begin(null, {}), work),
    close: () => pool.end(),
  }
}

function settingsOf(programme: ProgrammeId, audiences: readonly Audience[], work: string): Record<string, string> {
  return {
    'lentera.programme': programme,
    'lentera.audiences': audiences.join(','),
    'lentera.work': work,
    // Without it Citus sends no setting to its workers, and policies there see nothing (research, stack 3.2).
    'citus.propagate_set_commands': 'local',
  }
}

/** A literal, because `set local` takes no parameters: only the characters our own ids and words are made of. */
function quoted(value: string): string {
  if (!/^[a-z0-9:,-]*$/.test(value)) throw new TypeError('not a value that a setting can hold')
  return `'${value}'`
}

async function transact<T>(pool: Pool, begin: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const transaction = transactionOn(client)
  let broken = false
  try {
    await client.query(begin)
    const result = await work(transaction)
    transaction.end()
    await client.query('commit')
    return result
  } catch (error) {
    transaction.end()
    broken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    throw error
  } finally {
    client.release(broken)
  }
}

function transactionOn(client: PoolClient): Transaction & { readonly end: () => void } {
  let isOver = false
  return {
    query: async <Row extends object>(name: string, text: string, values: readonly unknown[] = []) => {
      // Of several things done side by side one may fail first: what another still asked would run outside the
      // transaction, and under the owner's role.
      if (isOver) throw new Error(`${name}: asked after its transaction ended`)
      const result = await client.query<Row>({ name, text, values: [...values] })
      return result.rows
    },
    end: () => {
      isOver = true
    },
  }
}
