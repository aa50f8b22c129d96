/** A stand-in for the server in the tests of the start: migrates, and answers on both ports with what it was given. */
import { createServer, type Server } from 'node:http'
import pg from 'pg'

type Given = { deskPort: number; portalPort: number; databaseUrl: string; deskFolder: string; empty: boolean }

export async function startServer(given: Given): Promise<{ desk: string; portal: string; stop(): Promise<void> }> {
  const client = new pg.Client(given.databaseUrl)
  await client.connect()
  await client.query('create schema if not exists lentera; create table if not exists lentera.fact (n int primary key)')
  await client.end()
  const servers = await Promise.all([given.deskPort, given.portalPort].map((port) => listen(port, given)))
  return {
    desk: `http://localhost:${given.deskPort}`,
    portal: `http://localhost:${given.portalPort}`,
    async stop() {
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}

function listen(port: number, given: Given): Promise<Server> {
  const server = createServer((_, response) => response.end(JSON.stringify(given)))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}
