import type { PortalHanded } from '@lentera/portal/pages'
import type { Database } from '../database/database.ts'

/** What the portal is handed: no figure yet, and whether this is a demonstration, which every page then says. */
export function portalHanded(database: Database): () => Promise<PortalHanded> {
  return async () => {
    const programmes = await database.asPublisher((transaction) =>
      transaction.query<{ demonstration: boolean }>('programmes', 'select demonstration from lentera.programme'),
    )
    return { demonstration: programmes.some((programme) => programme.demonstration) }
  }
}
