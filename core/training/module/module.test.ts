import { describe, expect, it } from 'vitest'
import { gatherKinds } from '../../log/kind.ts'
import { ensureBegun, WrittenStream } from '../../log/testing/written-stream.ts'
import type { Contribution } from '../../shared/contribution.ts'
import { CivilDate } from '../../shared/dates.ts'
import { OrganisationId } from '../../shared/ids.ts'
import { ProgrammeLanguage } from '../../shared/languages.ts'
import type { Decision } from '../../shared/refusals.ts'
import { Module } from '../words.ts'
import { type LanguageStates, markModuleInError, openModule, stateLanguages } from './capture.ts'
import { moduleKinds } from './entries.ts'
import { projectModule, type TrainingModule } from './project.ts'
import { contributionsOfModule, moduleFacts } from './tally.ts'
import { moduleStream } from './words.ts'

const kinds = gatherKinds(moduleKinds)
const today = CivilDate.parse('2026-11-24')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const organisation = OrganisationId.parse(id(2))
const stream = moduleStream(organisation, 'see')
const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)

/** A module as a device has it. */
class OneModule extends WrittenStream {
  constructor() {
    super(kinds)
  }

  get module(): TrainingModule {
    return ensureBegun(projectModule(this.state))
  }

  say(states: LanguageStates, parents = this.state.heads): void {
    this.write(stateLanguages(stream, this.module, states, today), parents)
  }

  get languages(): readonly Contribution['dimensions'][] {
    return contributionsOfModule(this.state).flatMap(({ fact, dimensions }) =>
      fact === moduleFacts.language ? [dimensions] : [],
    )
  }

  get reviewed(): readonly (string | undefined)[] {
    return this.languages.filter(({ state }) => state === 'reviewed').map(({ language }) => language)
  }
}

function opened(): OneModule {
  const one = new OneModule()
  one.write(openModule(organisation, 'see', [], today))
  return one
}

describe('what is refused, by name', () => {
  it('a module that is looked after already, a state that stands already, and what never was reviewed cannot be outdated', () => {
    const one = opened()
    expect(codeOf(openModule(organisation, 'see', [one.module], today))).toBe('training.module-here-already')
    expect(codeOf(openModule(organisation, 'meet', [one.module], today))).toBeUndefined()
    const say = (states: LanguageStates) => codeOf(stateLanguages(stream, one.module, states, today))
    expect(say({})).toBe('training.nothing-changed')
    expect(say({ km: 'missing' })).toBe('training.nothing-changed')
    expect(say({ km: 'outdated' })).toBe('training.outdated-before-reviewed')
    one.write(markModuleInError(stream, one.module, true, today))
    expect(say({ km: 'draft' })).toBe('training.module-in-error')
  })
})

describe('what a module contributes', () => {
  it('is every language of the programme, missing until somebody says otherwise', () => {
    const one = opened()
    expect(contributionsOfModule(one.state)[0]).toMatchObject({
      fact: moduleFacts.module,
      dimensions: { module: 'see' },
    })
    expect(one.languages).toEqual(
      ProgrammeLanguage.options.map((language) => ({ module: 'see', language, state: 'missing' })),
    )
    one.say({ en: 'reviewed', km: 'draft' })
    one.say({ km: 'reviewed' })
    expect(one.reviewed).toEqual(['en', 'km'])
    one.say({ km: 'outdated' })
    expect(one.reviewed).toEqual(['en'])
    one.write(markModuleInError(stream, one.module, true, today))
    expect(contributionsOfModule(one.state)).toEqual([])
    one.write(markModuleInError(stream, one.module, false, today))
    expect(one.reviewed).toEqual(['en'])
  })

  it('keeps two languages apart that two people moved apart, and counts one language of two states as unsettled', () => {
    const one = opened()
    const { heads } = one.state
    const said: readonly LanguageStates[] = [{ lo: 'reviewed' }, { km: 'reviewed' }, { km: 'draft' }]
    const [lao, khmer, again] = said.map((states) => stateLanguages(stream, one.module, states, today))
    if (!lao || !khmer || !again) throw new Error('three answers')
    one.write(lao, heads)
    one.write(khmer, heads)
    expect(one.reviewed).toEqual(['km', 'lo'])
    one.write(again, heads)
    expect(one.module.conflicts.map(({ field }) => field)).toEqual(['km'])
    const states = one.languages.map(({ state }) => state)
    expect(states.filter((state) => state === 'unsettled')).toHaveLength(1)
    expect(states).toHaveLength(ProgrammeLanguage.options.length)
  })

  it.each([0, 1])(
    'begun by two apart is an error as soon as one of them says so, and that can be taken back',
    (whose) => {
      const one = opened()
      one.write(openModule(organisation, 'see', [], today), [])
      const opening = one.entries[whose]?.id
      if (!opening) throw new Error('two openings')
      one.write(markModuleInError(stream, { ...one.module, opening }, true, today), [opening])
      expect(one.module.enteredInError).toBe(true)
      one.write(markModuleInError(stream, one.module, false, today))
      expect(one.module.enteredInError).toBe(false)
    },
  )

  it('begun by two people apart is one: its stream is made from the organisation and the module', () => {
    const one = opened()
    one.write(openModule(organisation, 'see', [], today), [])
    expect(one.module.conflicts).toEqual([])
    expect(one.languages).toHaveLength(ProgrammeLanguage.options.length)
    const streams = Module.options.map((module) => moduleStream(organisation, module))
    expect(new Set([...streams, organisation]).size).toBe(Module.options.length + 1)
  })
})
