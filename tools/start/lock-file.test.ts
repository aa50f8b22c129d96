import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type Locked = {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/**
 * Some releases name a platform's package that the registry does not have. npm then leaves it out of the lock file
 * without a word, and `npm ci` refuses that lock file on every fresh machine.
 */
test('the lock file holds every package it speaks of, so that a fresh machine can install', () => {
  // npm's own format.
  const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Locked>>
  }
  const isHeld = (path: string, name: string): boolean => {
    for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return true
      if (at === '') return false
    }
  }
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isHeld(path, name))
      .map((name) => `${path} wants ${name}`),
  )
  expect(missing).toEqual([])
})
