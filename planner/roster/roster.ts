export { type RosterOptions, solveRoster } from './search.ts'
export * from './words.ts'
