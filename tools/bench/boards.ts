import { openPool } from '@lentera/server/database'
import { figuresFor } from '@lentera/server/figures'
import { migrate } from '@lentera/server/migrations'
import { makeCutOff } from '@lentera/server/projections/cut-off'
import { releasesOf } from '@lentera/server/releases'
import type { Viewer } from '@lentera/server/viewer'
import { found, join } from '../device/world.ts'

/**
 * A team's board and a manager's board over many contributions. The rows are made in SQL (twenty organisations of ten
 * teams, three years, each person three times), their tallies by the definition the server uses; then the boards are read
 * as a request reads them.
 */
export async function benchBoards(
  databaseUrl: string,
  contributions: number,
): Promise<{ readonly p95: number; readonly distinct: number; readonly tallies: number }> {
  await migrate(databaseUrl)
  const database = openPool(databaseUrl, 4)
  try {
    const place = await found(database, 'Bench shelter')
    const { viewer } = await join(database, place, ['caseworker'], 'Caseworker 1')
    const manager: Viewer = { ...viewer, team: null, roles: ['manager'] }
    const programme = viewer.programme
    await database.asOwner(async (transaction) => {
      await transaction.query(
        'make contributions',
        `insert into lentera.contribution
           (programme, audience, stream, fact, record, person, happened_on, organisation, team, dimensions, amount)
         select $1, 'team:' || team, md5('stream' || n / 3)::uuid, 'support.service-delivered', n::text, md5('person' || n / 3)::uuid,
           (2024 + n % 3) || '-Q' || (1 + n / 7 % 4), md5('organisation' || n / 3 % 200 / 10)::uuid, team,
           jsonb_build_object('country', 'KH', 'service', (array['legal-aid', 'court-representation', 'health', 'other'])[1 + n % 4],
             'sex', (array['female', 'female', 'female', 'male'])[1 + n / 3 % 4], 'age', (array['adult', 'adult', 'child'])[1 + n / 3 % 3],
             'form', (array['sexual-exploitation', 'forced-labour', 'other'])[1 + n / 3 % 3]), 1
         from generate_series(1, $3::int) as n,
           lateral (select case when n / 3 % 200 = 0 then $2::uuid else md5('team' || n / 3 % 200)::uuid end as team) as of_team`,
        [programme, viewer.team, contributions],
      )
      const breakdowns = [[], ['service'], ['sex'], ['age'], ['form'], ['service', 'sex']]
      const periods = [`'all'`, `left(happened_on, 4)`, 'happened_on']
      // A distinct count by hashing: sorting ten million rows for each table took an hour.
      await transaction.query('memory', `set local work_mem = '512MB'`)
      await transaction.query('no sorting', 'set local enable_sort = off')
      await transaction.query(
        'make parts',
        `create temporary table part as
         select organisation, team, happened_on, dimensions ->> 'service' as service, dimensions ->> 'sex' as sex,
           dimensions ->> 'age' as age, dimensions ->> 'form' as form, person from lentera.contribution where programme = '${programme}'`,
      )
      await transaction.query('analyze parts', 'analyze part')
      for (const by of breakdowns) {
        const names = by.map((name) => `, ${name}`).join('')
        const key = by.toSorted().map((name) => `'${name}=' || ${name}`)
        const dimensions = by.map((name) => `'${name}', ${name}`)
        for (const period of periods) {
          // Each person is of one team: what is distinct in the teams adds up over them.
          await transaction.query(
            `tallies ${breakdowns.indexOf(by)} ${periods.indexOf(period)}`,
            `insert into lentera.tally
             select '${programme}', 'support.service-delivered|' || period || '|' || scope || '|' || ${key.join(` || '&' || `) || `''`},
               scope, case when scope like 'team:%' then scope else 'nobody' end, 'support.service-delivered', period,
               jsonb_build_object(${dimensions.join(', ')}), sum(persons), sum(persons), sum(contacts)
             from (
               select organisation, team, period${names}, count(*) as persons, sum(contacts) as contacts from (
                 select organisation, team, ${period} as period${names}, person, count(*) as contacts
                 from part group by organisation, team, period${names}, person
               ) as each_person group by organisation, team, period${names}
             ) as of_team
             cross join lateral (values ('programme'), ('organisation:' || organisation), ('team:' || team)) as within (scope)
             group by scope, period${names}`,
          )
        }
      }
      await transaction.query('analyze', 'analyze lentera.contribution, lentera.tally')
    })
    await makeCutOff(database, programme, '2026-11-01')
    const source = { database, releases: releasesOf(database), evidence: new Map() }
    const times: number[] = []
    for (let i = 0; i < 60; i++) {
      for (const [who, period] of [
        [viewer, 'all'],
        [viewer, '2025'],
        [manager, 'all'],
        [manager, '2025'],
      ] as const) {
        const started = performance.now()
        const figures = await figuresFor(source, who, period)
        times.push(performance.now() - started)
        if (figures.every((figure) => figure.value.kind === 'none'))
          throw new Error('a board without a figure measures nothing')
      }
    }
    // The first reading of each board is part of using it, and stays in.
    const p95 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0
    const started = performance.now()
    await database.asOwner((transaction) =>
      transaction.query(
        'count distinct',
        `select dimensions ->> 'service', count(distinct person) from lentera.contribution where programme = $1 group by 1`,
        [programme],
      ),
    )
    const distinct = performance.now() - started
    const [row] = await database.asOwner((transaction) =>
      transaction.query<{ count: string }>('how many', 'select count(*) from lentera.tally'),
    )
    return { p95, distinct, tallies: Number(row?.count ?? 0) }
  } finally {
    await database.close()
  }
}
