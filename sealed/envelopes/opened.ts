/** What JSON can hold; numbers are whole inside a sealed field, as in an entry. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/**
 * Something that was sealed and has been opened. It shows itself only to who asks by `reveal()`: turned to text it shows
 * nothing, and turned to JSON it throws, so that it gets into no log, store or message by accident.
 */
export class Opened {
  readonly #value: JsonValue

  constructor(value: JsonValue) {
    this.#value = value
  }

  reveal(): JsonValue {
    return this.#value
  }

  toString(): string {
    return '[opened]'
  }

  toJSON(): never {
    throw new TypeError('an opened value is not written down; seal it')
  }
}
