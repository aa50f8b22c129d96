import { benchInstances } from '../rostering/instances.ts'
import { benchReleases } from './release.ts'

/** `rostering DIR` solves public instances, `release [WORDS]` prints the rows of releases alone, or those of records that have these words; without either the whole table is printed. */
const [what, ...given] = process.argv.slice(2)
if (what === 'rostering') await benchInstances(given)
else if (what === 'release') await benchReleases((row) => console.log(row.join('  ')), given.join(' '))
else await import('./speeds.ts')
