import { accept, type Decision, refuse } from '../../../shared/refusals.ts'

/**
 * A DOI in its plain form (`10.1000/xyz`), also out of its address (https://doi.org/...). It has no check digit: a prefix `10.` with four
 * to nine digits, and a suffix (DOI Handbook, 2.2). Refused: `evidence.doi-not-understood` {text}.
 */
export function readDoi(text: string): Decision<string> {
  const doi = text.trim().replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, '')
  return /^10\.\d{4,9}\/\S{1,180}$/.test(doi) ? accept(doi) : refused('evidence.doi-not-understood', text)
}

/**
 * An ISBN as its thirteen digits, hyphens left out. One of ten digits, as used before 2007, becomes the same of thirteen (ISO
 * 2108:2017, annex A). Refused: `evidence.isbn-not-understood`, `evidence.isbn-wrong-digit` {text}.
 */
export function readIsbn(text: string): Decision<string> {
  const isbn = plain(text.replace(/^isbn(-1[03])?:?/i, ''))
  if (/^\d{9}[\dX]$/.test(isbn)) {
    const sum = [...isbn].reduce((total, sign, at) => total + (10 - at) * (sign === 'X' ? 10 : Number(sign)), 0)
    if (sum % 11 !== 0) return refused('evidence.isbn-wrong-digit', text)
    const stem = `978${isbn.slice(0, 9)}`
    return accept(`${stem}${(10 - (thirteen(stem) % 10)) % 10}`)
  }
  if (!/^97[89]\d{10}$/.test(isbn)) return refused('evidence.isbn-not-understood', text)
  return thirteen(isbn) % 10 === 0 ? accept(isbn) : refused('evidence.isbn-wrong-digit', text)
}

/** An ISSN as it is printed, `0317-8471` (ISO 3297:2022, annex A). Refused: `evidence.issn-not-understood`, `evidence.issn-wrong-digit` {text}. */
export function readIssn(text: string): Decision<string> {
  const issn = plain(text.replace(/^issn:?/i, ''))
  if (!/^\d{7}[\dX]$/.test(issn)) return refused('evidence.issn-not-understood', text)
  const sum = [...issn].reduce((total, sign, at) => total + (8 - at) * (sign === 'X' ? 10 : Number(sign)), 0)
  return sum % 11 === 0 ? accept(`${issn.slice(0, 4)}-${issn.slice(4)}`) : refused('evidence.issn-wrong-digit', text)
}

/** Weights 1 and 3 in turn. */
const thirteen = (digits: string): number =>
  [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)

const plain = (text: string): string => text.replaceAll(/[\s\-\u2010-\u2015]/g, '').toUpperCase()
const refused = (code: string, text: string) => refuse(code, { text: text.trim().slice(0, 40) })
