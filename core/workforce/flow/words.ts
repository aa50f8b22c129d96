import * as z from 'zod'
import { Rank } from '../words.ts'

/** What happens to an officer as an agency's strength is counted: she comes, she rises, she goes. A transfer inside is none of them. */
export const Happening = z.enum(['recruited', 'promoted', 'left'])
export type Happening = z.infer<typeof Happening>

/** Ranks are listed from command down: whether `to` stands above `from`. What is not given stands nowhere. */
export const isAbove = (to: Rank, from: Rank): boolean =>
  from !== 'not-given' && Rank.options.indexOf(to) < Rank.options.indexOf(from)
