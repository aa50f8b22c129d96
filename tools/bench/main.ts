import { benchInstances } from '../rostering/instances.ts'

/** `rostering DIR` solves public instances; without it the table of speeds is printed. */
const [what, ...given] = process.argv.slice(2)
if (what === 'rostering') await benchInstances(given)
else await import('./speeds.ts')
