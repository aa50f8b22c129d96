export { type FewestMissing, fewestMissing, type MadeRoster, makeRoster } from './fewest-missing.ts'
export { type RosterOptions, solveRoster } from './search.ts'
export * from './words.ts'
