import type { Levers, ProjectionProblem } from '@lentera/planner/projection'
import { Actions, DataTable, QuietButton, Section, Stack, TextField, useFormat, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import styles from '../workforce.module.css'
import { leverNames, mostScenarios, type Scenario } from './decisions.ts'
import type { Answer } from './words.ts'

/** Paths she keeps by a name, beside the one she looks at: what was decided, and what comes of it by the target's year. */
export function Scenarios({ scenarios, levers, problem, answers, onChange }: ScenariosProps) {
  const t = useText()
  const format = useFormat()
  const [name, setName] = useState('')
  const year = problem.target?.year ?? problem.firstYear + problem.years
  const rows = [{ name: t('projection.this-path'), levers }, ...scenarios].map((each, at) => ({
    ...each,
    at,
    answer: answers[at],
  }))
  const percent = (part: number | undefined): string => (part === undefined ? '' : format.percent(100 * part, 1))
  const bandIn = ({ answer }: (typeof rows)[number]) => answer?.bands.all[year - problem.firstYear]
  const keep = (): void => {
    onChange([...scenarios, { name: name.trim(), levers }])
    setName('')
  }
  const isTaken = scenarios.some((each) => each.name === name.trim())
  return (
    <Section title={t('projection.scenarios')} note={t('projection.scenarios-note', { count: mostScenarios })}>
      <Stack>
        {scenarios.length < mostScenarios && (
          <>
            <TextField
              label={t('projection.scenario-name')}
              value={name}
              onChange={(text) => setName(text.slice(0, 40))}
            />
            <Actions>
              <QuietButton disabled={name.trim() === '' || isTaken} onClick={keep}>
                {t('projection.scenario-keep')}
              </QuietButton>
            </Actions>
          </>
        )}
        {scenarios.length > 0 && (
          <>
            <div className={styles.table}>
              <DataTable
                caption={t('projection.compared', { year: format.plain(year) })}
                rows={rows}
                keyOf={({ at }) => String(at)}
                columns={[
                  { id: 'name', label: t('projection.scenario'), value: (row) => row.name },
                  ...(['low', 'mid', 'high'] as const).map((at) => ({
                    id: at,
                    label: t(`ui.chart.draws.${at}`),
                    value: (row: (typeof rows)[number]) => percent(bandIn(row)?.[at]),
                    align: 'end' as const,
                  })),
                  {
                    id: 'chance',
                    label: t('projection.chance-column'),
                    value: ({ answer }) => percent(answer?.bands.target?.chance),
                    align: 'end',
                  },
                  ...leverNames.map((lever) => ({
                    id: lever,
                    label: t(`projection.lever.${lever}`),
                    value: (row: (typeof rows)[number]) => percent(row.levers[lever]),
                    align: 'end' as const,
                  })),
                ]}
              />
            </div>
            <Actions>
              {scenarios.map((scenario) => (
                <QuietButton
                  key={scenario.name}
                  onClick={() => onChange(scenarios.filter((each) => each !== scenario))}
                >
                  {t('projection.scenario-remove', { name: scenario.name })}
                </QuietButton>
              ))}
            </Actions>
          </>
        )}
      </Stack>
    </Section>
  )
}

type ScenariosProps = {
  readonly scenarios: readonly Scenario[]
  /** As they stand now. */
  readonly levers: Levers
  readonly problem: ProjectionProblem
  /** Of this path, then of the scenarios. */
  readonly answers: readonly (Answer | undefined)[]
  readonly onChange: (scenarios: readonly Scenario[]) => void
}
