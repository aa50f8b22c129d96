import type { Database } from '../database/database.ts'

/** Whether any of it is invented: what goes out then says so on every page. */
export async function isDemonstration(database: Database): Promise<boolean> {
  const programmes = await database.asPublisher((transaction) =>
    transaction.query<{ demonstration: boolean }>('programmes', 'select demonstration from lentera.programme'),
  )
  return programmes.some((programme) => programme.demonstration)
}
