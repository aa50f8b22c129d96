import type { RecordState } from '../log/fold.ts'

/**
 * A number as it stands; where answers differ until somebody settles them, the smallest of them: a figure claims no more
 * than every answer grants. Undefined where none was said.
 */
export function leastSaid(record: RecordState, field: string): number | undefined {
  const said = numbersSaid(record, field)
  return said.length === 0 ? undefined : Math.min(...said)
}

/** The largest of differing answers: what a share is taken over. */
export function mostSaid(record: RecordState, field: string): number | undefined {
  const said = numbersSaid(record, field)
  return said.length === 0 ? undefined : Math.max(...said)
}

function numbersSaid(record: RecordState, field: string): number[] {
  return (record.fields[field] ?? []).flatMap((head) =>
    'value' in head && typeof head.value === 'number' ? head.value : [],
  )
}
