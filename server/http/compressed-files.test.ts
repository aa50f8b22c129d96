import { brotliDecompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { keepingCompressed } from './compressed-files.ts'

/** Text that does not get smaller by much. */
const noise = (length: number): string =>
  Array.from({ length }, (_, at) => String.fromCharCode(33 + ((at * at * 7919) % 89))).join('')

function counting(content: string) {
  const asked = { times: 0 }
  return {
    asked,
    content: () => {
      asked.times++
      return content
    },
  }
}

it('a file with the same mark is made once, whoever asks, and comes as each can take it', async () => {
  const compressed = keepingCompressed(100_000)
  const { asked, content } = counting('a,b\r\n1,2\r\n')
  const packed = await compressed('mark', content, 'br')
  expect(brotliDecompressSync(packed.content).toString()).toBe('a,b\r\n1,2\r\n')
  await compressed('mark', content, 'br')
  expect(asked.times).toBe(1)
  expect((await compressed('mark', content, 'identity')).content.toString()).toBe('a,b\r\n1,2\r\n')
  await compressed('another', content, 'br')
  expect(asked.times).toBe(3)
})

it('the oldest go when there are more bytes than may be kept, and what is larger alone is never kept', async () => {
  const compressed = keepingCompressed(1000)
  const [first, second, large] = [counting(noise(600)), counting(noise(601)), counting(noise(2000))]
  await compressed('first', first.content, '')
  await compressed('second', second.content, '')
  await compressed('first', first.content, '')
  expect(first.asked.times).toBe(2)
  await compressed('large', large.content, '')
  await compressed('large', large.content, '')
  expect(large.asked.times).toBe(2)
  await compressed('first', first.content, '')
  expect(first.asked.times).toBe(2)
})
