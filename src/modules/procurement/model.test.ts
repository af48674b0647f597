import { expect, test } from 'vitest'
import { PurchaseRequest } from './model.ts'

const request = (quantity: number, unitPriceFen: number) => ({
  title: '台式计算机',
  kind: 'goods',
  requirement: '办公用台式计算机',
  expectedOn: '2026-12-01',
  method: 'framework',
  organisation: 'agency',
  items: [
    { ledgerLineId: '0192b000-0000-7000-8000-000000000001', name: '台式计算机', unit: '台', quantity, unitPriceFen },
  ],
})

test('G16 a purchase is asked for in sums that stay exact', () => {
  expect(PurchaseRequest.safeParse(request(2, 480_000)).success).toBe(true)
  const huge = PurchaseRequest.safeParse(request(90_000_000, 900_000_000_000))
  expect(huge.error?.issues).toMatchObject([{ path: ['items'], message: expect.stringContaining('合计过大') }])
})
