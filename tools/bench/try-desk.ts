import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../database/open-database.ts'
import { ensureDesk } from '../start/desk.ts'
import { benchDesk, fillCaseload } from './desk-try.ts'

const cases = Number(process.argv[2])
const folder = mkdtempSync(join(tmpdir(), 'lentera-try-'))
chmodSync(folder, 0o711)
const database = await openDatabase({ dataFolder: join(folder, 'data'), say: () => {} })
try {
  const { cpSync } = await import('node:fs')
  const desk = join(folder, 'desk')
  cpSync(await ensureDesk(join(import.meta.dirname, '../..'), console.error), desk, { recursive: true })
  const child = fork(join(import.meta.dirname, 'server.ts'), [database.url, desk], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [url] = (await once(child, 'message')) as [string]
  console.time('fill')
  await fillCaseload(database.url, cases)
  console.timeEnd('fill')
  console.log(JSON.stringify(await benchDesk(url, cases)))
  child.disconnect()
  await once(child, 'exit')
} finally {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
