import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { refusalCodes } from './refusal-codes.ts'

describe('the list of refusals', () => {
  it('names every code this package refuses with, and no other', () => {
    const files = globSync('**/*.ts', {
      cwd: import.meta.dirname,
      exclude: ['**/*.test.ts', '**/.types/**', 'node_modules/**', 'refusal-codes.ts'],
    })
    const used = new Set<string>()
    for (const file of files) {
      const lines = readFileSync(`${import.meta.dirname}/${file}`, 'utf8').split('\n')
      const code = lines.filter((line) => !/^\s*(\/?\*|\/\/)/.test(line)).join('\n')
      for (const [found] of code.matchAll(/(?<=')sealed\.[a-z-]+(?=')/g)) used.add(found)
    }
    expect([...used].sort()).toEqual(Object.keys(refusalCodes).sort())
  })
})
