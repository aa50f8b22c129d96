import { describe, expect, it } from 'vitest'
import { folded, found } from './search.ts'

const caseload = ['Nguyễn Thị Đào', 'Sok សុភា', 'မသီတာ', 'Ma Thida', 'สมหญิง'].map((name) => ({
  name,
  search: folded(name),
}))
const names = (asked: string) => found(caseload, asked).map(({ name }) => name)

describe('the search', () => {
  it('finds a Vietnamese name typed without its accents, in any case', () => {
    expect(names('nguyen')).toEqual(['Nguyễn Thị Đào'])
    expect(names('DAO thi')).toEqual(['Nguyễn Thị Đào'])
  })

  it('finds a name in Khmer, Burmese and Thai as it is written, whatever its Unicode form', () => {
    expect(names('សុភា')).toEqual(['Sok សុភា'])
    expect(names('မသီတာ'.normalize('NFD'))).toEqual(['မသီတာ'])
    expect(names('สมหญิง')).toEqual(['สมหญิง'])
  })

  it('does not take a vowel of another script for an accent', () => {
    expect(folded('សុភា')).not.toBe(folded('សភា'))
    expect(names('မသတာ')).toEqual([])
  })

  it('does not mind joiners that nobody sees', () => {
    expect(names('ma\u200b thida')).toEqual(['Ma Thida'])
  })

  it('finds all where nothing is asked, and none where one word is missing', () => {
    expect(names('  ')).toHaveLength(caseload.length)
    expect(names('ma nobody')).toEqual([])
  })
})
