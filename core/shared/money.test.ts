import { expect, it } from 'vitest'
import { ofUnits, readMoney, writeMoney } from './money.ts'

it('money is kept in the smallest unit of its currency, and read back only where it is money', () => {
  const sum = ofUnits('KHR', 400_000)
  expect(writeMoney(sum)).toBe('KHR 40000000')
  expect(readMoney(writeMoney(sum))).toEqual(sum)
  expect(ofUnits('VND', 5)).toEqual({ currency: 'VND', minor: 5 })
  for (const text of ['', 'KHR', 'KHR 1.5', 'XXX 5', 'KHR -5', 'KHR 0']) expect(readMoney(text)).toBeUndefined()
})
