import { type OrganisationId, StreamId } from '../../shared/ids.ts'
import { Module } from '../words.ts'

/**
 * The stream of one module in one organisation: made from both (UUID version 8, RFC 9562, 5.8), so that two people who begin
 * with it apart meet on one stream, and it is counted once.
 */
export function moduleStream(organisation: OrganisationId, module: Module): StreamId {
  const hex = organisation.replaceAll('-', '')
  const mixed = `${hex.slice(0, 12)}8${hex.slice(13, 16)}8${hex.slice(17, 31)}`
  const last = (Number.parseInt(hex.slice(31), 16) ^ (Module.options.indexOf(module) + 1)).toString(16)
  return StreamId.parse(`${mixed}${last}`.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
}
