import { Phase } from '@lentera/core/plan/words'
import type { Figure } from '@lentera/core/results/figure'
import { accept } from '@lentera/core/shared/refusals'
import * as z from 'zod'
import { noMoreThanWho } from '../../access/anyone.ts'
import { type Route, route } from '../../http/route.ts'
import { figuresFor } from './figures.ts'
import { type Framework, frameworkFor } from './framework.ts'
import { type Opened, openFigure } from './opening.ts'

const Period = z.union([z.string().regex(/^(all|\d{4}(-Q[1-4])?)$/), Phase])

const figures = route({
  at: 'GET /api/figures',
  who: 'signed-in',
  // Judged figure by figure in `access/figures.ts`: what is not hers is not among them.
  may: noMoreThanWho,
  parse: { query: z.strictObject({ period: Period.default('all') }) },
  decide: async ({ query }, { viewer }, server) => accept({ figures: await figuresFor(server, viewer, query.period) }),
  present: { status: 200, body: z.object({ figures: z.array(z.custom<Figure>(isObject)) }) },
})

const framework = route({
  at: 'GET /api/framework',
  who: 'signed-in',
  // Its figures are those of `GET /api/figures`; what is planned everyone of the programme reads.
  may: noMoreThanWho,
  parse: {},
  decide: async (_, { viewer }, server) => accept(await frameworkFor(server, viewer)),
  present: { status: 200, body: z.custom<Framework>(isObject) },
})

const open = route({
  at: 'POST /api/figures/open',
  who: 'signed-in',
  may: noMoreThanWho,
  parse: {
    body: z.strictObject({
      key: z.string().max(100),
      scope: z.string().max(100),
      period: z.string().max(20),
      part: z.record(z.string().max(40), z.string().max(200)),
    }),
  },
  decide: ({ body }, { viewer }, server) => openFigure(server, viewer, body),
  present: { status: 200, body: z.custom<Opened>(isObject) },
})

export const resultRoutes: readonly Route[] = [figures, framework, open]

/** Figures are made whole in this room, from cells that are released or her own; nothing is left to strip. */
function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
