/**
 * An expected refusal: a value with a stable name, never an exception. `code` is `<room>.<what>`; its sentence, which
 * says what is allowed instead, stands in the catalogues under `refusal.<code>`; `values` fill its placeholders and
 * never hold a person's name.
 */
export type Refusal = {
  readonly code: string
  readonly values: Readonly<Record<string, string | number>>
}

export type Decision<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

export function accept<T>(value: T): Decision<T> {
  return { ok: true, value }
}

export function refuse(code: string, values: Refusal['values'] = {}): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, values } }
}
