/**
 * Every spelling a text can take on its way, composed and decomposed: UTF-8 (and Latin-1 where it fits), UTF-16, base64
 * and base64url at each of their three alignments, hexadecimal, JSON's escapes, the escapes of an address.
 */
export function spellings(text: string): Buffer[] {
  const forms = [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])]
  const all = forms.flatMap((form) => {
    const bytes = Buffer.from(form)
    const base64 = [0, 1, 2].flatMap((shift) =>
      (['base64', 'base64url'] as const).map((alphabet) => {
        const said = Buffer.concat([Buffer.alloc(shift), bytes])
          .toString(alphabet)
          .replace(/=+$/, '')
        // The first and last characters also hold bits of what stands around.
        return Buffer.from(said.slice(shift === 0 ? 0 : shift + 1, -2))
      }),
    )
    const escaped = [...form]
      .map((letter) =>
        letter.charCodeAt(0) > 127 ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter,
      )
      .join('')
    const fitsLatin1 = [...form].every((letter) => letter.charCodeAt(0) < 256)
    return [
      bytes,
      ...(fitsLatin1 ? [Buffer.from(form, 'latin1')] : []),
      Buffer.from(form, 'utf16le'),
      Buffer.from(bytes.toString('hex')),
      Buffer.from(escaped),
      Buffer.from(encodeURIComponent(form)),
      ...base64,
    ]
  })
  const unlike = new Map(all.map((spelling) => [spelling.toString('base64'), spelling]))
  return [...unlike.values()]
}
