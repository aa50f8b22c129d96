import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { Refused } from '../database/refused.ts'

/**
 * How this database began. Only one that was new when Lentera first met it, and was not begun empty, ever gets the
 * demonstration; `done` is false while that is being loaded, so that a start cut short goes on with it.
 */
export type Beginning = { readonly kind: 'demonstration' | 'empty' | 'found'; readonly done: boolean }

/**
 * Decides, before anything is migrated, how this database begins or began, and remembers it in the data folder.
 *
 * @param database its connection string, and the folder of its cluster (null for a given database).
 * @throws Refused when an empty start is asked for on data that holds the demonstration.
 */
export async function decideBeginning(
  dataFolder: string,
  database: { readonly url: string; readonly folder: string | null },
  empty: boolean,
): Promise<Beginning> {
  const known = readBeginning(dataFolder, database)
  if (await isNew(database.url)) {
    return remember(
      dataFolder,
      database,
      empty ? { kind: 'empty', done: true } : { kind: 'demonstration', done: false },
    )
  }
  if (empty && known?.kind === 'demonstration') {
    throw new Refused(
      'folder',
      `${dataFolder} holds the demonstration, which cannot be turned into a real programme; begin in another folder: LENTERA_DATA=FOLDER npm start -- --empty.`,
    )
  }
  return known ?? remember(dataFolder, database, { kind: 'found', done: true })
}

/** Writes down that the demonstration is whole. */
export function demonstrationLoaded(
  dataFolder: string,
  database: { readonly url: string; readonly folder: string | null },
): void {
  remember(dataFolder, database, { kind: 'demonstration', done: true })
}

async function isNew(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ new: boolean }>("select to_regnamespace('lentera') is null as new")
    return rows[0]?.new === true
  } finally {
    await client.end()
  }
}

type Database = { readonly url: string; readonly folder: string | null }

const file = (dataFolder: string): string => join(dataFolder, 'beginning.json')

function readBeginning(dataFolder: string, database: Database): Beginning | undefined {
  if (!existsSync(file(dataFolder))) return undefined
  try {
    // Written by `remember` below; anything else counts as not remembered.
    const { of, kind, done } = JSON.parse(readFileSync(file(dataFolder), 'utf8')) as Beginning & { of: string }
    return of === nameOf(database) ? { kind, done } : undefined
  } catch {
    return undefined
  }
}

function remember(dataFolder: string, database: Database, beginning: Beginning): Beginning {
  writeFileSync(file(dataFolder), `${JSON.stringify({ of: nameOf(database), ...beginning })}\n`, {
    mode: 0o600,
    flush: true,
  })
  return beginning
}

/** What was begun in one database says nothing about another that the same folder is pointed at later. */
function nameOf({ url, folder }: Database): string {
  if (folder !== null) return 'embedded'
  const { hostname, port, pathname } = new URL(url)
  return createHash('sha256').update(`${hostname}:${port}${pathname}`).digest('hex')
}
