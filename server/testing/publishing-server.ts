import { startServer } from '../main.ts'

/** The whole server in a process of its own, so that it can be killed while it makes what is to be published. */
const [databaseUrl, dataFolder] = process.argv.slice(2)
if (!databaseUrl || !dataFolder) throw new Error('the database to serve, or the data folder, is missing')
const server = await startServer({
  databaseUrl,
  deskPort: 0,
  portalPort: 0,
  deskFolder: dataFolder,
  dataFolder,
  empty: false,
  say: () => undefined,
})
process.on('disconnect', () => process.exit())
process.send?.({ desk: server.desk, portal: server.portal })
