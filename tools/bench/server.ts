import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '@lentera/server/main'

const [databaseUrl, builtDesk] = process.argv.slice(2)
if (!databaseUrl) throw new Error('the database to serve is missing')
const folder = mkdtempSync(join(tmpdir(), 'lentera-bench-server-'))
const server = await startServer({
  databaseUrl,
  deskPort: 0,
  portalPort: 0,
  deskFolder: builtDesk ?? folder,
  dataFolder: folder,
  empty: false,
  say: () => undefined,
})
process.on('disconnect', async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
  process.exit()
})
process.send?.({ desk: server.desk, portal: server.portal })
