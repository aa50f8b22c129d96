import type { PortalHanded } from '@lentera/portal/pages'
import type { Database } from '../database/database.ts'
import { isDemonstration } from './demonstration.ts'
import { publicPublications } from './publications/public.ts'

/** What the portal is handed: what was released, and whether this is a demonstration, which every page then says. */
export function portalHanded(database: Database): () => Promise<PortalHanded> {
  const { heads, find } = publicPublications(database)
  return async () => ({
    demonstration: await isDemonstration(database),
    publications: await heads(),
    publication: find,
  })
}
