/** A table beside earlier ones of the same people: what is the same in both, what stands, and what all of them tell together. */
export { type Beside, type CellOfBoth, layBeside } from './laid-beside.ts'
export {
  asRead,
  hiddenIn,
  knownFrom,
  type LaidEarlier,
  type MethodOfTable,
  movesSince,
  type OpenBeside,
  openBeside,
} from './open-beside.ts'
export { standingBeside } from './stood.ts'
export { totalAway } from './total-away.ts'
