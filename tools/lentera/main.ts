import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync, readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { createInterface as createPrompt } from 'node:readline/promises'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { createGunzip, createGzip } from 'node:zlib'
import { type DryRun, dryRun, findImported, importDataSet, rowsText } from '@lentera/core/evidence/capture'
import { brochureFacts } from '@lentera/core/evidence/cited'
import type { FactCited } from '@lentera/core/evidence/entries'
import { nameContradictions } from '@lentera/core/evidence/glotip'
import type { Dataset } from '@lentera/core/evidence/words'
import type { Figure, FigureValue } from '@lentera/core/results/figure'
import { publicationOfRecord, type RecordedFigure } from '@lentera/core/results/publication-of-record'
import { isExact } from '@lentera/core/shared/counts'
import { CivilDate } from '@lentera/core/shared/dates'
import { Hash, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Decision, Refusal } from '@lentera/core/shared/refusals'
import { htcds, ownColumns } from '@lentera/core/support/htcds/words'
import { randomBytes } from '@lentera/sealed/open'
import { hash } from '@lentera/sealed/verify'
import { openPool } from '@lentera/server/database'
import type { Framework } from '@lentera/server/framework'
import { exportKeys, exportLog } from '@lentera/server/log/export'
import { importKeys, importLog } from '@lentera/server/log/import'
import { migrate } from '@lentera/server/migrations'
import type { ComparedRecord } from '@lentera/server/publication'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { isTranslated, translated } from '@lentera/ui/tokens/scripts'
import * as z from 'zod'
import { Refused } from '../database/refused.ts'
import { passphraseOf } from '../demonstration/cast.ts'
import { progressBar } from '../start/progress-bar.ts'
import { readSettings } from '../start/settings.ts'
import { type HtcdsRun, mayWrite, placeOf, readFile, writeCases } from './htcds.ts'
import { ask, Member, RefusedByServer } from './member.ts'
import { findDatabase, findServer, say } from './server.ts'
import { synthesise } from './synthesise.ts'
import { auditFiles, protectFile } from './tables.ts'

const usage = `npm run lentera -- COMMAND

  figures [--json] [--as LOGIN] [--period all|2026|2026-Q4|japan-1]   every indicator as that member may see it; in
                                                              --json the whole framework too: what is planned beside it
  brochure [--json] [--as LOGIN]                              the figures of the publication of record, with parts, sources and whether they agree
  brochure --pdf FILE [--language en|th|my] [--as LOGIN]      the same on paper, tagged (PDF/UA-1)
  import glotip FILE [--as LOGIN] [--edition EDITION] [--dry-run] [--leave-out-unreadable]
  import ctdc FILE   [the same]                               a published table, as a data set: reported first, sent once
  import htcds FILE --as LOGIN [--identified-by COLUMN] [--yes] [--only-good] [--limits-explained]
                                                              a file with HTCDS 2.0 field names, as cases of her team:
                                                              only reported without --yes; --identified-by names
                                                              the column by which a row is known again
  release synthesize IN.csv --method dp|k --out OUT.csv [--epsilon 4] [--k 10] [--length 3] [--seed 1] [--json]
          [--without COLUMN,..] [--zeros-count COLUMN,..]      synthetic records of a file, with what they are worth; no server, no database
          [--categories COLUMN,..]                             columns that look like names and hold kinds of something: you answer for it
          [--delta 0.000001] [--not-survivors]                 of survivors, fewer than 1,000 never leave; say so where the people are others
  release protect TABLE.csv --rules RULES.json --out OUT.csv [--earlier E1.csv E2.csv ...] [--stood F1.csv [--stood F2.csv ...]] [--keep F0.csv]
          [--seconds 60] [--secret FILE] [--json]
                                                              a full table of counts, one row a cell, as one that may be published;
                                                              with --earlier also beside tables that are out already, the newest first;
                                                              --keep: the full table as it stands, not to be published; --stood: what was kept
                                                              of the earlier ones, once for each, the newest first, so that nobody who came or
                                                              left since shows; in all it takes ten times --seconds, or two minutes;
                                                              --secret: of cell keys, and of rounding that is the same each time
  release audit TABLE.csv [EARLIER.csv ...] [--rules RULES.json] [--reading complete|strict] [--zeros shown|unsaid]
          [--releases same|grown] [--json]                     how many hidden cells an outsider can work out, alone and with
                                                              earlier releases of the same cut; ends with 2 where any is open, or small in the clear
  export FILE [--keys FILE]                                   the whole log, and apart from it the keys (for 30 days)
  import FILE [--keys FILE]                                   rebuilds everything in an empty database

The passphrase is asked for, or taken from LENTERA_PASSPHRASE; members of the demonstration need none.`

const options = {
  as: { type: 'string' },
  json: { type: 'boolean' },
  period: { type: 'string' },
  edition: { type: 'string' },
  keys: { type: 'string' },
  pdf: { type: 'string' },
  language: { type: 'string' },
  method: { type: 'string' },
  epsilon: { type: 'string' },
  delta: { type: 'string' },
  k: { type: 'string' },
  length: { type: 'string' },
  seed: { type: 'string' },
  out: { type: 'string' },
  without: { type: 'string' },
  categories: { type: 'string' },
  'zeros-count': { type: 'string' },
  'not-survivors': { type: 'boolean' },
  rules: { type: 'string' },
  reading: { type: 'string' },
  zeros: { type: 'string' },
  releases: { type: 'string' },
  seconds: { type: 'string' },
  secret: { type: 'string' },
  earlier: { type: 'string', multiple: true },
  stood: { type: 'string', multiple: true },
  keep: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'leave-out-unreadable': { type: 'boolean' },
  'identified-by': { type: 'string' },
  yes: { type: 'boolean' },
  'only-good': { type: 'boolean' },
  'limits-explained': { type: 'boolean' },
  help: { type: 'boolean' },
} as const

const project = join(import.meta.dirname, '../..')
const t = textOf(readCatalogue('en'))
const { positionals, values } = readArguments()
const { dataFolder, databaseUrl } = readSettings([], process.env, project)
const from = process.env.INIT_CWD ?? process.cwd()

async function run(): Promise<void> {
  const [command, what, file] = positionals
  if (command === 'figures') return printFigures()
  if (command === 'brochure') return values.pdf ? writePdf(resolve(from, values.pdf)) : printBrochure()
  if (command === 'import' && (what === 'glotip' || what === 'ctdc') && file)
    return importTable(what, resolve(from, file))
  if (command === 'import' && what === 'htcds' && file) return importHtcds(resolve(from, file))
  if (command === 'release' && what === 'synthesize' && file)
    return synthesise(resolve(from, file), values.out ? resolve(from, values.out) : undefined, values, t)
  if (command === 'release' && what === 'protect' && file)
    return protectFile(positionals.slice(2), values, t, (name) => resolve(from, name))
  if (command === 'release' && what === 'audit' && file)
    return auditFiles(positionals.slice(2), values, t, (name) => resolve(from, name))
  if (command === 'import' && what && !file) return importWhole(resolve(from, what))
  if (command === 'export' && what) return exportWhole(resolve(from, what))
  say(usage)
  process.exitCode = command === undefined || values.help ? 0 : 1
}

// ---------------------------------------------------------------- figures

async function printFigures(): Promise<void> {
  await withMember(values.as ?? 'manager.region', async (member) => {
    const query = new URLSearchParams(values.period ? { period: values.period } : {})
    const answer = await member.ask('GET', `/api/figures?${query}`)
    // The server made them whole; here they are only printed.
    const { figures } = answer as { figures: Figure[] }
    if (values.json) {
      const framework = inWords((await member.ask('GET', '/api/framework')) as Framework)
      console.log(JSON.stringify({ as: values.as ?? 'manager.region', figures, framework }, null, 2))
      return
    }
    for (const figure of figures) {
      console.log(
        `${t(`indicator.${figure.key}`)}: ${words(figure.value)}  [${figure.key} v${figure.definition}, ${figure.scope}, ${figure.period}, ${figure.asOf ? `as of ${figure.asOf}` : 'live'}, opens to ${figure.opensTo}]`,
      )
      if (figure.formula) console.log(`    ${figure.formula}  (${figure.source ?? ''})`)
      for (const { by, parts } of figure.breakdowns) {
        const line = parts
          .map((part) => `${by.map((name) => part.key[name] ?? '').join(' / ')} ${words(part.value)}`)
          .join(', ')
        if (parts.length > 0) console.log(`    by ${by.join(' and ')}: ${line}`)
      }
    }
  })
}

/** The framework with its words: titles, definitions, and `not given` where nothing is. */
function inWords({ phases, objectives }: Framework) {
  const notGiven = t('plan.not-given')
  return {
    phases: phases.map((phase) => ({
      ...phase,
      title: t(`phase.${phase.key}`),
      from: phase.from ?? notGiven,
      to: phase.to ?? notGiven,
      source: phase.source ?? notGiven,
    })),
    objectives: objectives.map(({ number, outcomes }) => ({
      number,
      title: t(`objective.${number}`),
      outcomes: outcomes.map(({ key, outputs }) => ({
        key,
        title: t(`outcome.${key}`),
        outputs: outputs.map((output) => ({
          key: output.key,
          title: t(`output.${output.key}`),
          indicators: output.indicators.map(({ key: indicator, baseline, targets, actuals, ...rest }) => ({
            key: indicator,
            title: t(`indicator.${indicator}`),
            ...rest,
            definition: { version: rest.definition, text: t(`definition.${indicator}`) },
            baseline: baseline ?? notGiven,
            targets: targets.length > 0 ? targets : notGiven,
            actuals,
          })),
        })),
      })),
    })),
  }
}

function words(value: FigureValue): string {
  const tenths = (n: number): string => `${(n / 10).toFixed(1)} %`
  if (value.kind === 'count')
    return `${value.qualifier ? `${value.qualifier.replace('-', ' ')} ` : ''}${isExact(value.count) ? value.count.low : `${value.count.low} to ${value.count.high}`}`
  if (value.kind === 'ratio') {
    const { percentTenths: span, numerator, denominator, given } = value
    const between = `${tenths(span.low)} to ${tenths(span.high)} (${words({ kind: 'count', count: numerator })} of ${words({ kind: 'count', count: denominator })})`
    return given
      ? `${tenths(given.percentTenths)} (${given.numerator} of ${given.denominator}); with what is not given exactly, ${between}`
      : between
  }
  if (value.kind === 'sample') {
    const { percentTenths, said, asked, between } = value
    return `${tenths(percentTenths)} of those asked (${said} of ${asked}; 95 % interval ${tenths(between.low)} to ${tenths(between.high)})`
  }
  return value.kind === 'protected' ? `protected (${value.rule})` : value.why
}

/** The figures of the publication of record, each beside what is counted here of the same thing; never the one for the other. */
async function printBrochure(): Promise<void> {
  const { figures: recorded, ...source } = publicationOfRecord
  const as = values.as ?? 'manager.region'
  await withMember(as, async (member) => {
    // The server made it whole; here it is only printed.
    const { asOf, lines } = (await member.ask('GET', '/api/brochure')) as ComparedRecord
    const figures = recorded.map((figure: RecordedFigure) => ({
      ...figure,
      ...lines.find(({ key }) => key === figure.key),
      source,
    }))
    if (values.json) {
      console.log(JSON.stringify({ source, as, asOf, figures, cited: brochureFacts }, null, 2))
      return
    }
    console.log(`${source.publisher}: ${source.title}. Read on ${source.verifiedOn}.`)
    for (const { key, qualifier, value, unit, parts, agrees, counted, beside = [], note } of figures) {
      const split = parts?.map((part) => `${part.country} ${part.value}`).join(', ')
      const standing = agrees
        ? 'its numbers counted here, and in agreement'
        : `counted here: ${counted ? words(counted) : 'nothing'}`
      console.log(
        `${key}: ${qualifier === 'exact' ? '' : `${qualifier} `}${value} ${unit}${split ? ` (${split})` : ''}; ${standing}${note ? `. ${note}` : ''}`,
      )
      for (const companion of beside) console.log(`    ${t(`indicator.${companion.key}`)}: ${words(companion.counted)}`)
    }
    for (const { text, value, source: cited, edition, verifiedOn } of brochureFacts)
      console.log(`${text}: ${sayFact(value)}  (${cited}, ${edition}; read in the brochure on ${verifiedOn})`)
  })
}

async function writePdf(file: string): Promise<void> {
  const language = values.language ?? 'en'
  if (!isTranslated(language))
    throw new Refused('other', `The brochure is written in ${translated.join(', ')}; name one of them with --language.`)
  await withMember(values.as ?? 'manager.region', async (member) => {
    const made = await member.ask('GET', `/api/brochure/pdf?${new URLSearchParams({ language })}`)
    const { pdf } = z.object({ pdf: z.base64() }).parse(made)
    await writeFile(file, Buffer.from(pdf, 'base64'))
    say(`Written to ${file}.`)
  })
}

const sayFact = (value: FactCited['value']): string =>
  value.kind === 'percent-tenths' ? `${value.tenths / 10} %` : `${value.numerator} of ${value.denominator}`

// ---------------------------------------------------------------- published tables

async function importTable(dataset: Dataset, file: string): Promise<void> {
  const bytes = readGiven(file)
  const reading = progressBar('Reading', process.stderr)
  const now = CivilDate.parse(new Date().toISOString().slice(0, 10))
  const run = get(
    await dryRun(dataset, bytes, now, ({ done, of }) => {
      reading(done, of)
      return true
    }),
  )
  sayReport(run)
  const content = Uint8Array.from(run.content)
  const hashes = {
    hash: await hash(content),
    rowsHash: await hash(new TextEncoder().encode(rowsText(run.table))),
  }
  await withMember(values.as ?? 'steward', async (member) => {
    const { dataSets } = Board.parse(await member.ask('GET', '/api/evidence'))
    const known = findImported(hashes, dataSets)
    if (known) return say(t('evidence.import.known', { edition: known.edition, date: known.importedOn }))
    if (values['dry-run']) return say('Not imported before. This was a dry run: nothing was sent.')
    // Many files carry their edition in their name and nowhere else: `data_glotip_2023-05-30.csv`.
    const edition = values.edition ?? (run.edition ? undefined : /\d{4}-\d{2}-\d{2}/.exec(file)?.[0])
    if (edition && !values.edition) say(`The file's name says edition ${edition}; --edition says another.`)
    const drafts = get(
      importDataSet(
        run,
        {
          stream: StreamId.parse(randomUuid(randomBytes(16))),
          ...hashes,
          ...(edition ? { edition } : {}),
          leaveOutUnreadable: values['leave-out-unreadable'] === true,
          imported: dataSets,
        },
        member.today,
      ),
    )
    await member.sendBytes(`/api/evidence/blobs/${hashes.hash}`, content)
    await member.write(drafts, dataFolder)
    say('Imported.')
  })
}

/** As much of the board as an import is compared with. */
const Board = z.object({
  dataSets: z.array(z.object({ hash: Hash, rowsHash: Hash, edition: z.string(), importedOn: z.string() })),
})

function sayReport({ report, edition }: DryRun): void {
  const { rows, issues, unfamiliar, glotip } = report
  say(`${rows} rows can be read${edition ? `, edition ${edition}` : ''}.`)
  if (glotip) say(JSON.stringify(glotip.coverage))
  if (glotip && glotip.contradictions.length > 0) {
    const { contradictions } = glotip
    const lines = nameContradictions(contradictions)
    say(t('evidence.import.contradictions', { cells: contradictions.length, lines }))
  }
  for (const { what, column, value, rows, lines } of unfamiliar.slice(0, linesSaid)) {
    const named = t('evidence.unfamiliar.named', { lines: lines.join(', '), more: rows - lines.length })
    say(`  unfamiliar: ${column} "${value}", line ${named}: ${t(`evidence.unfamiliar.why.${what}`)}`)
  }
  if (unfamiliar.length > linesSaid) say(`  and ${unfamiliar.length - linesSaid} unfamiliar values more`)
  for (const issue of issues.slice(0, linesSaid))
    say(`  line ${issue.line}: ${t(`issue.evidence.${issue.reason}`, issue.values)}`)
  if (issues.length > linesSaid) say(`  and ${issues.length - linesSaid} lines more`)
}

const linesSaid = 50

// ---------------------------------------------------------------- cases of a file with HTCDS field names

async function importHtcds(file: string): Promise<void> {
  const bytes = readGiven(file)
  const as = values.as
  if (!as) throw new Refused('other', 'Say whose cases they are to be: --as LOGIN, a caseworker or her supervisor.')
  await withMember(as, async (member) => {
    const place = get(placeOf(member))
    const run = get(await readFile(member, bytes, values['identified-by']))
    sayHtcds(run)
    const { fresh } = run
    if (!values.yes || values['dry-run']) return say(t('htcds.dry-run', { rows: fresh.length }))
    const answers = { onlyGood: values['only-good'] === true, limitsExplained: values['limits-explained'] === true }
    get(mayWrite(run, answers))
    if (fresh.length === 0) return say(t('htcds.nothing-new'))
    let stopping = false
    process.once('SIGINT', () => {
      stopping = true
      say(t('htcds.stopping'))
    })
    const made = progressBar('Sealing and sending', process.stderr)
    const done = await writeCases(member, await member.openDevice(dataFolder), place, fresh, (count) => {
      made(count, fresh.length)
      return !stopping
    })
    say(t(done < fresh.length ? 'htcds.stopped' : 'htcds.made', { done, rows: fresh.length }))
  })
}

/** Never what a cell says: a shifted column would print a name. */
function sayHtcds({ reading, issues, fresh, known }: HtcdsRun): void {
  const { problems, taken, notTaken, keptAsWritten, notCounted } = reading
  say(
    t('htcds.report', { version: htcds.version, rows: fresh.length, known, problems: problems.length + issues.length }),
  )
  say(t('htcds.taken', { columns: taken.join(', ') }))
  for (const { column, why, instead } of notTaken)
    say(`  ${t(`htcds.not-taken.${why}`, { column })}${instead ? ` ${t('htcds.instead', { field: instead })}` : ''}`)
  if (notCounted > 0) say(t('htcds.not-counted', { rows: notCounted, column: ownColumns.counting }))
  for (const { field, lines, rows } of keptAsWritten)
    say(`  ${t('htcds.kept-as-written', { field, rows, lines: lines.join(', ') })}`)
  const all = [
    ...issues.map(({ line, reason, values }) => ({ line, text: t(`issue.evidence.${reason}`, values) })),
    ...problems.map(({ line, reason, values }) => ({ line, text: t(`issue.htcds.${reason}`, values) })),
  ].toSorted((a, b) => a.line - b.line)
  for (const { line, text } of all.slice(0, linesSaid)) say(`  line ${line}: ${text}`)
  if (all.length > linesSaid) say(`  and ${all.length - linesSaid} lines more`)
}

// ---------------------------------------------------------------- the whole log

async function exportWhole(file: string): Promise<void> {
  const found = await findDatabase(dataFolder, databaseUrl)
  const database = openPool(found.url, 2)
  try {
    await pipeline(
      Readable.from(asLines(exportLog(database, progressBar('Exporting', process.stderr)))),
      createGzip(),
      createWriteStream(file),
    )
    if (values.keys) {
      const day = (ahead: number): CivilDate =>
        CivilDate.parse(new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10))
      await pipeline(
        Readable.from(asLines(exportKeys(database, day(0), day(30)))),
        createGzip(),
        createWriteStream(resolve(from, values.keys), { mode: 0o600 }),
      )
    }
    say(`Exported to ${file}.`)
  } finally {
    await database.close()
    await found.stop()
  }
}

async function importWhole(file: string): Promise<void> {
  readGiven(file)
  const found = await findDatabase(dataFolder, databaseUrl)
  await migrate(found.url)
  const database = openPool(found.url, 2)
  try {
    const { programmes, entries } = get(await importLog(database, linesIn(file)))
    say(`Imported ${entries} entries of ${programmes} programmes: every signature and certificate was checked.`)
    if (values.keys) {
      const today = CivilDate.parse(new Date().toISOString().slice(0, 10))
      say(
        `Brought back ${get(await importKeys(database, linesIn(resolve(from, values.keys)), today))} keys and accounts.`,
      )
    }
  } finally {
    await database.close()
    await found.stop()
  }
}

async function* asLines(lines: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`
}

/** Opened when the first line is asked for: a reader that is made earlier has let its lines go by then. */
async function* linesIn(file: string): AsyncGenerator<string> {
  const unpacked = createReadStream(file).pipe(createGunzip())
  try {
    for await (const line of createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })) yield line
    // Lines end where the unpacking broke, as if the file did.
    if (unpacked.errored) throw unpacked.errored
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'Z_BUF_ERROR') throw new RefusedByServer({ code: 'log.import-cut-off', values: { lines: 0 } })
    if (code === 'Z_DATA_ERROR') throw new RefusedByServer({ code: 'log.import-unreadable', values: {} })
    throw error
  }
}

// ---------------------------------------------------------------- who is asking

async function withMember(login: string, work: (member: Member) => Promise<void>): Promise<void> {
  const server = await findServer(dataFolder, databaseUrl)
  try {
    const { demonstration } = z
      .object({ demonstration: z.boolean() })
      .parse(await ask(server.desk, 'GET', '/api/state'))
    const passphrase =
      process.env.LENTERA_PASSPHRASE ?? (demonstration ? passphraseOf(login) : await askPassphrase(login))
    await work(get(await Member.signIn(server.desk, login, passphrase)))
  } finally {
    await server.stop()
  }
}

/** Asks at the terminal without showing what is typed. */
async function askPassphrase(login: string): Promise<string> {
  process.stderr.write(`Passphrase of ${login}: `)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const prompt = createPrompt({ input: process.stdin, output: silent, terminal: process.stdin.isTTY === true })
  const ended = once(prompt, 'close').then(() => {
    throw new Refused('other', 'No passphrase was given. Type it, or set LENTERA_PASSPHRASE.')
  })
  try {
    return await Promise.race([prompt.question(''), ended])
  } finally {
    prompt.close()
    process.stderr.write('\n')
  }
}

function get<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new RefusedByServer(decision.refusal)
  return decision.value
}

function readArguments() {
  try {
    return parseArgs({ args: withNegatives(process.argv.slice(2)), allowPositionals: true, strict: true, options })
  } catch (error) {
    console.error(mistypedOption(process.argv.slice(2)) ?? error)
    console.error(usage)
    process.exit(1)
  }
}

function optionNamed(name: string): { readonly type: 'string' | 'boolean' } | undefined {
  return Object.entries(options).find(([known]) => known === name)?.[1]
}

/** A number below nothing after an option is its value, and refused by whoever knows what it may be; Node would take it for an option. */
function withNegatives(typed: readonly string[]): string[] {
  const joined: string[] = []
  for (const each of typed) {
    const before = joined.at(-1) ?? ''
    const takes = before.startsWith('--') && !before.includes('=') && optionNamed(before.slice(2))?.type === 'string'
    if (takes && /^-\d/.test(each)) joined[joined.length - 1] = `${before}=${each}`
    else joined.push(each)
  }
  return joined
}

/** Which option cannot be read, and what it takes. */
function mistypedOption(typed: readonly string[]): string | undefined {
  for (const [at, each] of typed.entries()) {
    if (each === '--') return undefined
    if (!each.startsWith('-') || each === '-') continue
    const [name = '', value] = each.replace(/^--?/, '').split('=', 2)
    const option = each.startsWith('--') ? optionNamed(name) : undefined
    if (option === undefined) {
      // The number of an option that takes none of its own was joined to it before.
      if (/^-\d/.test(each) && optionNamed((typed[at - 1] ?? '').slice(2))?.type === 'string') continue
      return `There is no option ${each.split('=', 1)[0]}. These are all there are:`
    }
    if (option.type === 'boolean' && value !== undefined) return `--${name} takes no value: leave out “=${value}”.`
    const next = typed[at + 1]
    const isLeftOut = value === undefined && (next === undefined || (next.startsWith('-') && !/^-\d/.test(next)))
    if (option.type === 'string' && isLeftOut) return `--${name} takes a value after it.`
  }
  return undefined
}

const sentence = ({ code, values: said }: Refusal): string => t(`refusal.${code}`, said)

run().catch((error: unknown) => {
  if (error instanceof RefusedByServer) say(sentence(error.refusal))
  else if (error instanceof Refused) console.error(error.message)
  else console.error(plainly(error) ?? error)
  process.exitCode = 1
})

/** What the machine refuses every day, as a sentence; undefined for a fault of ours, which is shown whole. */
function plainly(error: unknown): string | undefined {
  if (error instanceof TypeError && error.message === 'fetch failed')
    return 'The server did not answer, or the connection was cut. Nothing that it confirmed is lost; try again.'
  const { code, path } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  if (code === 'ENOENT' || code === 'ENOTDIR') return `There is no folder to write ${path} into.`
  if (code === 'EISDIR') return `${path} is a folder; name a file.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `${path} cannot be written by this user.`
  return code === 'ENOSPC' ? 'The disk is full. Nothing was changed; make room and try again.' : undefined
}

function readGiven(file: string): Buffer {
  if (!existsSync(file)) throw new Refused('other', `There is no file ${file}.`)
  if (!statSync(file).isFile()) throw new Refused('other', `${file} is a folder; name a file.`)
  return readFileSync(file)
}
