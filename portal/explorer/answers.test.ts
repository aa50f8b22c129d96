import { expect, it } from 'vitest'
import { answersOf } from './answers.ts'
import { inventedAnswers } from './testing/publications.ts'
import { readView } from './view.ts'

function answered(query: string) {
  const publication = inventedAnswers()
  const read = readView(publication, query)
  if (!read.ok) throw new Error(read.refusal.code)
  return answersOf(publication, read.value).map(({ field, yes, unknown, counted }) => [
    publication.fields[field]?.name,
    yes.value,
    unknown,
    counted.total.value,
  ])
}

it('each field is counted by itself, with those of whom nobody knows: no answer is taken for a no', () => {
  expect(answered('as=answers')).toEqual([
    ['isForcedLabour', 10, 3, 18],
    ['meansOfControlDebt', 15, 0, 18],
    ['meansOfControlThreats', 8, 10, 18],
  ])
})

it('of those that were left in, and of the fields that were asked for', () => {
  expect(answered('as=answers&of=meansOfControl&only.sex=F')).toEqual([
    ['meansOfControlDebt', 15, 0, 15],
    ['meansOfControlThreats', 5, 10, 15],
  ])
})
