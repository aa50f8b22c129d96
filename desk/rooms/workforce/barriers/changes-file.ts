import { toCsv } from '@lentera/core/shared/csv'
import { writeWorkbook } from '@lentera/core/sheets/write-workbook'
import type { Translate } from '@lentera/ui/catalogues/text'
import { sayCode } from '../../records/say.ts'
import type { Step, Way } from './ways.ts'

/** Every step of every way, a row each, for the agency's own files and those to whom it answers. */
export function csvOfWays(ways: readonly Way[], stamp: string | null, t: Translate): string {
  const rows = rowsOf(ways, t).map((cells) => cells.map(String))
  return toCsv({ head: columns.map((column) => t(column)), rows: [...rows, ...(stamp === null ? [] : [[], [stamp]])] })
}

export const workbookOfWays = (ways: readonly Way[], stamp: string | null, t: Translate): Uint8Array =>
  writeWorkbook(
    [
      {
        name: t('changes.open'),
        above: [t('changes.open'), t('changes.under')],
        head: columns.map((column) => t(column)),
        rows: rowsOf(ways, t),
        widths: [8, 60, 24, 40, 14, 18, 60, 60],
      },
    ],
    stamp,
  )

const columns = [
  'changes.file.number',
  'changes.file.recommendation',
  'workforce.origin',
  'workforce.source',
  'changes.file.on',
  'changes.file.step',
  'changes.file.what',
  'workforce.evidence',
] as const

function rowsOf(ways: readonly Way[], t: Translate): readonly (readonly (string | number)[])[] {
  return ways.flatMap(({ recommendation, steps }) => {
    const state = recommendation?.state
    const of = state
      ? [
          state.number ?? '',
          state.text ?? '',
          sayCode((code) => t(`workforce.origin.${code}`), state.origin, t),
          state.source ?? '',
        ]
      : ['', t('changes.alone'), '', '']
    return steps.map((step) => [...of, step.on, ...cellsOf(step, t)])
  })
}

/** Which kind of step it is, what was said with it, and its evidence. */
function cellsOf(step: Step, t: Translate): readonly [step: string, what: string, evidence: string] {
  if (step.what === 'status')
    return [sayCode((code) => t(`workforce.status.${code}`), step.status, t), '', step.evidence ?? '']
  if (step.what === 'barrier') {
    const { area, level, evidence = '' } = step.barrier
    return [
      t('changes.file.barrier'),
      [
        sayCode((code) => t(`barrier.area.${code}`), area, t),
        sayCode((code) => t(`barrier.level.${code}`), level, t),
      ].join(': '),
      evidence,
    ]
  }
  const { sphere, what, evidence } = step.reform
  return [sayCode((code) => t(`workforce.sphere.${code}`), sphere, t), what ?? '', evidence ?? '']
}
