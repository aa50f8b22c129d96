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
  const paths = [{ name: t('projection.this-path'), levers }, ...scenarios].map((each, at) => ({
    ...each,
    id: String(at),
    answer: answers[at],
  }))
  type Path = (typeof paths)[number]
  const percent = (part: number | undefined): string => (part === undefined ? '' : format.percent(100 * part, 1))
  const bandIn = ({ answer }: Path) => answer?.bands.all[year - problem.firstYear]
  const rows = [
    ...(['low', 'mid', 'high'] as const).map((at) => ({
      label: t('projection.share-then', { year: format.plain(year), at: t(`ui.chart.draws.${at}`) }),
      of: (path: Path) => bandIn(path)?.[at],
    })),
    { label: t('projection.chance-column'), of: ({ answer }: Path) => answer?.bands.target?.chance },
    ...leverNames.map((lever) => ({
      label: t(`projection.lever.${lever}`),
      of: (path: Path): number | undefined => path.levers[lever],
    })),
  ]
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
                keyOf={({ label }) => label}
                columns={[
                  { id: 'what', label: t('ui.chart.what'), value: ({ label }) => label },
                  ...paths.map((path) => ({
                    id: path.id,
                    label: path.name,
                    value: ({ of }: (typeof rows)[number]) => percent(of(path)),
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
