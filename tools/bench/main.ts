import { benchInstances } from '../rostering/instances.ts'
import { benchRosters } from '../rostering/rosters.ts'
import { benchExplorer } from './explorer.ts'
import { benchPlans } from './plan.ts'
import { benchProjections } from './projection.ts'
import { benchReleases } from './release.ts'

/** `rostering DIR` solves public instances; `planner`, `explorer` and `release [WORDS]` print their rows alone, the last those of records that have these words; without any the whole table is printed. */
const [what, ...given] = process.argv.slice(2)
const say = (row: readonly string[]): void => console.log(row.join('  '))
if (what === 'rostering') await benchInstances(given)
else if (what === 'release') await benchReleases(say, given.join(' '))
else if (what === 'explorer') await benchExplorer(say)
else if (what === 'planner') {
  benchProjections(say)
  await benchPlans(say)
  await benchRosters(say)
} else await import('./speeds.ts')
