import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { constants, unzipSync, zstdDecompressSync } from 'node:zlib'

/** A piece of what a folder keeps, as it lies there or as it is once unpacked. */
export type Kept = { readonly where: string; readonly bytes: Buffer }

/**
 * Every file below a folder, raw, and what Chromium packs in them once unpacked: the blocks of LevelDB's tables (Snappy,
 * Zstandard), the records of its logs put together again, values that IndexedDB packed with Snappy, answers cached as they
 * travelled (gzip). Brotli carries no mark and is left raw.
 */
export function* keptBelow(folder: string): Generator<Kept> {
  for (const where of filesBelow(folder)) {
    const bytes = readFileSync(where)
    yield { where, bytes }
    const pieces = [...unpackTable(bytes), ...(where.endsWith('.log') ? [joinLogRecords(bytes)] : [])]
    for (const piece of pieces) yield { where: `${where}, unpacked`, bytes: piece }
    for (const piece of [bytes, ...pieces]) {
      for (const value of [...unpackValues(piece), ...unpackGzip(piece)])
        yield { where: `${where}, unpacked`, bytes: value }
    }
  }
}

export function* filesBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    const kind = statSync(file, { throwIfNoEntry: false })
    if (kind?.isDirectory()) yield* filesBelow(file)
    else if (kind?.isFile()) yield file
  }
}

// ---------------------------------------------------------------- LevelDB (its doc/table_format.md and doc/log_format.md)

const tableMagic = Buffer.from('57fb808b247547db', 'hex')

function* unpackTable(bytes: Buffer): Generator<Buffer> {
  if (bytes.length < 48 || !bytes.subarray(-8).equals(tableMagic)) return
  const footer = { bytes: bytes.subarray(-48), at: 0 }
  readVarint(footer)
  readVarint(footer)
  const index = blockAt(bytes, readVarint(footer), readVarint(footer))
  for (const value of valuesOf(index)) {
    const handle = { bytes: value, at: 0 }
    const block = blockAt(bytes, readVarint(handle), readVarint(handle))
    yield block
    // A key is kept without the beginning it shares with the key before it; values are whole.
    yield Buffer.concat(valuesOf(block))
  }
}

function blockAt(bytes: Buffer, start: number, length: number): Buffer {
  const raw = bytes.subarray(start, start + length)
  const packing = bytes[start + length]
  return packing === 1 ? unpackSnappy(raw) : packing === 2 ? zstdDecompressSync(raw) : raw
}

function valuesOf(block: Buffer): Buffer[] {
  const restarts = block.readUInt32LE(block.length - 4)
  const reader = { bytes: block.subarray(0, block.length - 4 - 4 * restarts), at: 0 }
  const values: Buffer[] = []
  while (reader.at < reader.bytes.length) {
    readVarint(reader)
    const unshared = readVarint(reader)
    const length = readVarint(reader)
    reader.at += unshared
    values.push(reader.bytes.subarray(reader.at, reader.at + length))
    reader.at += length
  }
  return values
}

/** Blocks of 32 KiB; each piece of a record has a head of seven bytes: checksum, length, whether it goes on. */
function joinLogRecords(bytes: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (let block = 0; block < bytes.length; block += 32_768) {
    const end = Math.min(block + 32_768, bytes.length)
    for (let at = block; at + 7 <= end; ) {
      const length = bytes.readUInt16LE(at + 4)
      if (bytes[at + 6] === 0) break
      pieces.push(bytes.subarray(at + 7, at + 7 + length))
      at += 7 + length
    }
  }
  return Buffer.concat(pieces)
}

// ---------------------------------------------------------------- values packed one by one

/** Blink writes FF 11 02 before a value of IndexedDB that it packed with Snappy (idb_value_wrapping.cc). */
const packedValue = Buffer.from([0xff, 0x11, 0x02])

function* unpackValues(bytes: Buffer): Generator<Buffer> {
  for (let at = bytes.indexOf(packedValue); at >= 0; at = bytes.indexOf(packedValue, at + 1))
    yield unpackSnappy(bytes.subarray(at + packedValue.length))
}

function* unpackGzip(bytes: Buffer): Generator<Buffer> {
  const mark = Buffer.from([0x1f, 0x8b, 0x08])
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    try {
      yield unzipSync(bytes.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH })
    } catch {
      // Three bytes that only looked like a beginning.
    }
  }
}

/** Snappy's format_description.txt. What is cut short or is no Snappy after all is given as far as it goes. */
function unpackSnappy(packed: Buffer): Buffer {
  const reader = { bytes: packed, at: 0 }
  const length = readVarint(reader)
  if (length > 64 * 1024 * 1024) return Buffer.alloc(0)
  const out = Buffer.alloc(length)
  let filled = 0
  while (reader.at < packed.length && filled < length) {
    const tag = packed[reader.at++] ?? 0
    const kind = tag & 3
    if (kind === 0) {
      const size = tag >> 2
      const wide = size < 60 ? 0 : size - 59
      const count = 1 + (wide === 0 ? size : readLittle(reader, wide))
      filled += packed.copy(out, filled, reader.at, reader.at + count)
      reader.at += count
      continue
    }
    const count = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2)
    const back = kind === 1 ? ((tag >> 5) << 8) | readLittle(reader, 1) : readLittle(reader, kind === 2 ? 2 : 4)
    if (back === 0 || back > filled) break
    // Byte by byte: a copy may reach into what it is writing.
    for (let i = 0; i < count && filled < length; i++, filled++) out[filled] = out[filled - back] ?? 0
  }
  return out.subarray(0, filled)
}

type Reader = { readonly bytes: Buffer; at: number }

function readVarint(reader: Reader): number {
  let value = 0
  for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
    const byte = reader.bytes[reader.at++] ?? 0
    value += (byte & 127) * scale
    if (byte < 128) break
  }
  return value
}

function readLittle(reader: Reader, width: number): number {
  const end = reader.at + width
  if (end > reader.bytes.length) return 0
  const value = reader.bytes.readUIntLE(reader.at, width)
  reader.at = end
  return value
}
