export { type FewestMissing, fewestMissing } from './fewest-missing.ts'
export { type RosterOptions, solveRoster } from './search.ts'
export * from './words.ts'
