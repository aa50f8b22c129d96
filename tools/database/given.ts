import pg from 'pg'
import { Refused, reason } from './refused.ts'

/**
 * Checks a PostgreSQL that was given in DATABASE_URL: that it answers, and is new enough.
 *
 * @throws Refused in one sentence that names the server, never the password.
 */
export async function ensureGiven(url: string): Promise<void> {
  const where = place(url)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
    const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000)
    if (!(version >= 15)) {
      throw new Refused('database', `The PostgreSQL at ${where} is version ${version}; Lentera needs 15 or newer.`)
    }
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused('database', `The database at ${where} given in DATABASE_URL cannot be used: ${reason(error)}.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function place(url: string): string {
  try {
    const { protocol, hostname, port, pathname } = new URL(url)
    if (!/^postgres(ql)?:$/.test(protocol)) throw new TypeError()
    return `${hostname || 'localhost'}:${port || 5432}${pathname}`
  } catch {
    throw new Refused(
      'database',
      'DATABASE_URL is not the address of a PostgreSQL: it should look like postgresql://user:password@host:5432/database.',
    )
  }
}
