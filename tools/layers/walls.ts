/**
 * The import table of the architecture, as data. Rooms are named by their path; of two that fit a file, the longer name
 * is its room. `may` lists what it may import besides itself: a room, a file, or `types:` of a room; `*` is any one name.
 */
export type Wall = {
  readonly room: string
  readonly may: readonly string[]
  /** Packages from npm: a list, or `own` for whatever its package.json lists (never a crypto library outside sealed). */
  readonly packages: readonly string[] | 'own'
  /** Which modules of Node: none means no file, no network, no process. */
  readonly node: 'any' | readonly string[]
  /** Pure: no clock and no randomness of its own either. */
  readonly pure: boolean
  /** Whether its tests keep the same walls. They may always use Node, the test packages and tools. */
  readonly tests: 'same' | 'free'
  /** The sentence shown to whoever crosses it. */
  readonly why: string
}

const objectives = ['awareness', 'support', 'evidence', 'training', 'workforce']

const pure = { packages: ['zod'], node: [], pure: true, tests: 'same' } as const satisfies Partial<Wall>

export const walls: readonly Wall[] = [
  {
    ...pure,
    room: 'core/shared',
    may: [],
    why: 'core/shared holds the words all rooms use, so it knows none of them; only Zod',
  },
  {
    ...pure,
    room: 'core/log',
    may: ['core/shared'],
    why: 'core/log knows what an entry is, not what an objective or a result makes of it; only core/shared',
  },
  {
    ...pure,
    room: 'core/sheets',
    // Pure readers of a file's bytes: no other room of core takes files apart.
    packages: ['zod', 'read-excel-file', 'fflate'],
    may: ['core/shared', 'core/log'],
    why: "core/sheets reads other people's tables for every objective, so it knows what none of them counts",
  },
  ...objectives.map((objective) => ({
    ...pure,
    room: `core/${objective}`,
    may: ['core/shared', 'core/log', 'core/sheets'],
    why: 'an objective knows neither another objective nor results; what it counts it contributes in its tally.ts',
  })),
  {
    ...pure,
    room: 'core/plan',
    may: [
      'core/shared',
      'core/log',
      'core/results/framework.ts',
      'core/results/indicators.ts',
      'core/results/periods.ts',
      'types:core/results',
    ],
    why: 'a plan names the phases and indicators of the framework; it sees no count, and what is counted sees no plan',
  },
  {
    ...pure,
    room: 'core/donor-report',
    may: ['core/shared', 'core/log', 'core/plan', 'core/results'],
    why: 'a report says what is planned beside what is counted: of the objectives it knows neither entries nor states',
  },
  {
    ...pure,
    room: 'core/edition',
    may: ['core/shared', 'core/log', 'core/results', 'core/donor-report', 'core/evidence'],
    why: 'an edition says texts and the figures they lead to, in the words of a report: it counts nothing itself',
  },
  {
    ...pure,
    room: 'core/results',
    // Its tests count once more from the entries themselves, independently.
    tests: 'free',
    may: [
      'core/shared',
      ...objectives.map((objective) => `core/${objective}/tally.ts`),
      'core/evidence/dissemination/tally.ts',
      'core/support/livelihoods/tally.ts',
      'core/support/story/tally.ts',
      'core/support/justice/tally.ts',
      'core/training/module/tally.ts',
      'core/training/self-care/tally.ts',
      'core/training/trainer/tally.ts',
      'core/workforce/flow/tally.ts',
      'core/workforce/cover-release/tally.ts',
    ],
    why: 'results count contributions: of each room they see its tally.ts, never its entries or its state',
  },
  {
    ...pure,
    room: 'core',
    may: objectives
      .flatMap((objective) => [`core/${objective}`])
      .concat(
        'core/shared',
        'core/log',
        'core/sheets',
        'core/results',
        'core/plan',
        'core/donor-report',
        'core/edition',
      ),
    why: 'core is pure: no input, output or cryptography',
  },
  {
    room: 'sealed',
    may: ['core/shared', 'core/log/entry.ts', 'core/log/batch.ts'],
    packages: 'own',
    // The same algorithms, far faster on the server.
    node: ['node:crypto'],
    pure: false,
    tests: 'same',
    why: 'what holds keys knows of our rooms only the shared words, and what an entry and a batch of them are',
  },
  {
    ...pure,
    room: 'release',
    may: ['core/shared', 'types:core/results', 'solver'],
    why: 'release protects counts it is handed: it never sees the log, an objective or a key',
  },
  {
    ...pure,
    room: 'solver',
    may: ['core/shared'],
    packages: ['highs'],
    why: 'the solver is handed rows and columns: it does not know what they mean, nor who asks',
  },
  {
    ...pure,
    room: 'planner',
    may: ['core/shared', 'types:core/results', 'solver'],
    why: 'the planner takes a problem and gives a plan: it never sees the log, an objective or a key',
  },
  {
    ...pure,
    room: 'planner/checker',
    may: ['core/shared', 'types:planner/roster/words.ts', 'types:planner/plan/words.ts'],
    why: 'the checker judges by the words of a problem alone: it knows no engine and no solver, whose mistakes it would repeat',
  },
  {
    room: 'ui/tokens',
    may: ['core/shared', 'ui/catalogues'],
    packages: [],
    node: [],
    pure: false,
    tests: 'same',
    why: 'the tokens serve pages without a framework too: no React and no parts',
  },
  {
    room: 'ui/catalogues',
    may: ['core/shared', 'ui/tokens'],
    packages: ['@lingui/core', '@lingui/conf', '@lingui/format-po', '@lingui/message-utils'],
    // On the server and in tools the catalogues are read from their files; in the desk Vite builds them in.
    node: ['node:fs', 'node:path', 'node:url'],
    pure: false,
    tests: 'same',
    why: 'the catalogues are texts for every kind of page: no React and no parts',
  },
  {
    room: 'ui',
    may: ['core/shared'],
    packages: 'own',
    node: [],
    pure: false,
    tests: 'same',
    why: 'the interface shows what it is handed: of our rooms it knows only core/shared',
  },
  {
    room: 'server',
    // What it publishes as paper (the brochure) has words and numbers in the reader's language: the catalogues, no parts.
    may: ['core', 'release', 'solver', 'portal', 'ui/catalogues', 'ui/tokens', 'sealed/verify.ts', 'sealed/seal.ts'],
    packages: 'own',
    node: 'any',
    pure: false,
    tests: 'free',
    why: 'the server counts and cannot read names: it may verify and seal, never open, plans nothing, and has neither desk nor parts',
  },
  {
    room: 'portal',
    may: ['core/shared', 'core/awareness/words.ts', 'content', 'ui/tokens', 'ui/catalogues', 'sealed/seal.ts'],
    packages: 'own',
    node: 'any',
    pure: false,
    tests: 'same',
    why: 'public pages show what the server hands them: no log, no database, no key that opens',
  },
  {
    room: 'desk',
    may: ['core', 'planner', 'release', 'solver', 'ui', 'sealed/verify.ts', 'sealed/seal.ts', 'sealed/open.ts'],
    packages: 'own',
    node: [],
    pure: false,
    tests: 'free',
    why: 'the desk works without the server and speaks to it over HTTP only',
  },
  {
    room: 'content',
    may: ['core/shared'],
    packages: ['zod'],
    node: [],
    pure: true,
    tests: 'same',
    why: 'content is texts, read by whoever shows them',
  },
  {
    room: 'tools',
    may: [
      'core',
      'release',
      'planner',
      'solver',
      'ui',
      'server',
      'portal',
      'desk',
      'content',
      'sealed/verify.ts',
      'sealed/seal.ts',
    ],
    packages: 'own',
    node: 'any',
    pure: false,
    tests: 'free',
    why: 'of the tools only those that are a device of a member (the command line and its like) may open what is sealed',
  },
  ...['lentera', 'device', 'demonstration', 'proof', 'bench', 'tour'].map(
    (device): Wall => ({
      room: `tools/${device}`,
      may: ['tools', 'core', 'release', 'planner', 'solver', 'ui', 'server', 'portal', 'desk', 'content', 'sealed'],
      packages: 'own',
      node: 'any',
      pure: false,
      tests: 'free',
      why: 'a tool that is a device uses the doors of the other rooms',
    }),
  ),
]

/** Who may import a crypto library: nobody else, whatever their package.json says. */
export const cryptoRoom = 'sealed'

/** Besides all that sealed's own package.json lists. */
export const cryptoLibraries =
  /^(@noble\/|@hpke\/|@scure\/|hash-wasm|shamir-|tweetnacl|libsodium|sodium|jose$|openpgp|crypto-js|argon2|@node-rs\/argon2|bcrypt|node-forge)/

/** What a package shows to the others. A package that is not named here shows what it likes of its rooms. */
export const doors: Readonly<Record<string, readonly string[]>> = {
  sealed: ['./verify', './seal', './open'],
  // For the proofs of the device, which need its own code in a page; for the demonstration, whose counts of cover no hand types; and for the
  // speeds, which are those of the rosters that the desk asks for.
  desk: ['./testing/page', './cover-reckoned', './roster-asked'],
  tools: [],
}

/** Rooms by these names become everybody's drawer: if a thing has no home, the layout is wrong, not the thing. */
export const drawers = /^(.+-)?(utils?|common|base|misc|helpers?)$/i
