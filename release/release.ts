export { figureValueOf, type Reason, type ReleasedCount } from './released-count.ts'
export { defaultSettings, type Settings } from './settings.ts'
export { type Dimension, type ReleasedCell, type ReleasedTables, releaseTables, type TablesInput } from './tables.ts'
