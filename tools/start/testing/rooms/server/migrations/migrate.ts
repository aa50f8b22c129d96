/** A stand-in for the migrations in the tests of the start. */
import pg from 'pg'

export async function migrate(ownerUrl: string): Promise<void> {
  const client = new pg.Client(ownerUrl)
  await client.connect()
  await client.query('create schema if not exists lentera; create table if not exists lentera.fact (n int primary key)')
  await client.end()
}
