import { benchInstances } from '../rostering/instances.ts'
import { benchExplorer } from './explorer.ts'
import { benchReleases } from './release.ts'

/** `rostering DIR` solves public instances, `release` prints the rows of releases alone, `explorer` those of the explorer; without any of them the whole table is printed. */
const [what, ...given] = process.argv.slice(2)
if (what === 'rostering') await benchInstances(given)
else if (what === 'release') await benchReleases((row) => console.log(row.join('  ')))
else if (what === 'explorer') await benchExplorer((row) => console.log(row.join('  ')))
else await import('./speeds.ts')
