import { readdir, readFile } from 'node:fs/promises'
import { Client } from 'pg'

/**
 * Brings a database to the newest schema: the `.sql` files beside this one, in order of their names, each once, all in
 * one transaction. Makes the two roles the application lives under where they are missing. A second run does nothing.
 *
 * @param ownerUrl a PostgreSQL address whose role may create schemas and roles
 * @returns the names of the files that were applied
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('begin')
    // One migration at a time: two starting servers wait for each other here.
    await client.query(`select pg_advisory_xact_lock(hashtext('lentera.migrate'))`)
    for (const role of ['lentera_app', 'lentera_publish'] as const) await ensureRole(client, role)
    await client.query(
      'create table if not exists public.lentera_migration (file text primary key, applied timestamptz not null)',
    )
    const applied = await client.query<{ file: string }>('select file from public.lentera_migration')
    const done = new Set(applied.rows.map((row) => row.file))
    const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.sql')).sort()
    const missing = files.filter((file) => !done.has(file))
    for (const file of missing) {
      await client.query(await readFile(`${import.meta.dirname}/${file}`, 'utf8'))
      await client.query('insert into public.lentera_migration values ($1, now())', [file])
    }
    await client.query('commit')
    return missing
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    await client.end()
  }
}

async function ensureRole(client: Client, role: 'lentera_app' | 'lentera_publish'): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [role])
  // No login of their own: the owner's connection steps down to them with SET ROLE.
  if (found.rowCount === 0) await client.query(`create role ${role} nologin nosuperuser nobypassrls`)
  await client.query(`grant ${role} to current_user`)
}
