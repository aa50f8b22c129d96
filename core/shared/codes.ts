/**
 * What a random id is called aloud and on paper: `letters` characters of 31, the same on every device, which say nothing.
 * Without I, L, O, 0 and 1, which are mistaken for one another.
 */
export function codeOf(id: string, letters: number): string {
  let rest = Number.parseInt(id.replaceAll('-', '').slice(0, 10), 16)
  let code = ''
  for (let i = 0; i < letters; i++) {
    code += alphabet[rest % alphabet.length]
    rest = Math.floor(rest / alphabet.length)
  }
  return code
}

const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
