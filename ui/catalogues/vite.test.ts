import { expect, test } from 'vitest'
import { lenteraCatalogues } from './vite.ts'

test('a catalogue becomes a module of compiled messages, and nothing else is touched', () => {
  const plugin = lenteraCatalogues()
  const module = plugin.transform('msgid "a.b"\nmsgstr "{n} so far"\n', '/x/th.po')
  expect(module?.code).toBe('export default {"messages":{"a.b":[["n"]," so far"]},"state":{"kind":"draft"}}')
  expect(plugin.transform('msgid', '/x/th.ts')).toBeUndefined()
})
