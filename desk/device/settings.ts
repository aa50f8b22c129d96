/** What this device is set to, for whoever uses it: nothing of a person, so it may rest in the clear. */
export type Settings = {
  /** Minutes without a touch or key after which it locks. */
  readonly lockAfter: number
  /** Whether the server it last spoke to is a demonstration: said on every screen, also without the network. */
  readonly demonstration: boolean
}

export function readSettings(): Settings {
  const kept = readKept()
  const minutes = Number(kept.lockAfter)
  return { lockAfter: minutes >= 1 && minutes <= 60 ? minutes : 10, demonstration: kept.demonstration === true }
}

export function keepSettings(change: Partial<Settings>): Settings {
  const settings = { ...readSettings(), ...change }
  try {
    localStorage.setItem(name, JSON.stringify(settings))
  } catch {
    // A browser may forbid storage; then a setting lasts as long as the tab.
  }
  return settings
}

const name = 'lentera.device'

function readKept(): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '{}')
    return typeof kept === 'object' && kept !== null ? { ...kept } : {}
  } catch {
    return {}
  }
}
