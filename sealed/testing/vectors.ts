import { readFileSync } from 'node:fs'

/** A committed file of published test vectors, with its source inside. */
export function readVectors<T>(name: string): T {
  // The files are ours, committed beside this one, and read by nobody but these tests.
  return JSON.parse(readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), 'utf8')) as T
}
