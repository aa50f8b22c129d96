import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { stopCluster } from '../cluster.ts'
import { openDatabase } from '../open-database.ts'
import { systemCode } from '../refused.ts'

/** `folder`: the run's own, for what its test files make once and share; gone with the cluster. */
export type TestCluster = { readonly url: string; readonly folder: string; stop(): Promise<void> }

/** The database every test database is a copy of. */
export const template = 'lentera_template'

const migrations = join(import.meta.dirname, '../../../server/migrations/migrate.ts')

/**
 * Starts a cluster in the temporary folder, for one test run: no fsync (a power cut may take it). Makes the
 * template database and migrates it once, if there are migrations.
 */
export async function startTestCluster(): Promise<TestCluster> {
  await sweepLeftClusters()
  const folder = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(folder, 0o711)
  writeFileSync(join(folder, 'runner'), String(process.pid))
  const dataFolder = join(folder, 'data')
  const { url, stop } = await openDatabase({ dataFolder, say: () => undefined, durable: false })
  await makeTemplate(url)
  return {
    url,
    folder,
    async stop() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const prefix = 'lentera-test-'

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${template}`)
  await client.end()
  if (!existsSync(migrations)) return
  const { migrate } = (await import(migrations)) as { migrate: (ownerUrl: string) => Promise<unknown> }
  await migrate(withDatabase(url, template))
}

export function withDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

/** A run that was killed leaves its server and its folder; the next run clears them away. */
async function sweepLeftClusters(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((found) => found.startsWith(prefix))) {
    const folder = join(tmpdir(), name)
    const runner = join(folder, 'runner')
    if (!existsSync(runner) || isAlive(Number(readFileSync(runner, 'utf8')))) continue
    await stopCluster({ folder: join(folder, 'data', 'database') })
    rmSync(folder, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Another user's run is alive too; it is only not ours to look at.
    return systemCode(error) === 'EPERM'
  }
}
