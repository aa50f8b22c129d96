/** A stand-in for the demonstration in the tests of the start: ten facts, slowly, each once. */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

export async function loadDemonstration(options: {
  databaseUrl: string
  deskUrl: string
  progress(done: number, total: number): void
}): Promise<void> {
  const client = new pg.Client(options.databaseUrl)
  await client.connect()
  for (let n = 1; n <= 10; n += 1) {
    await client.query('insert into lentera.fact values ($1) on conflict do nothing', [n])
    options.progress(n, 10)
    await pause(60)
  }
  await client.end()
}
