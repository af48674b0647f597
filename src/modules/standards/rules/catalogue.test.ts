import { expect, it } from 'vitest'
import { catalogueText, providesCentrally } from './catalogue.ts'

const entry = { centralised: 'where-provided' as const, provided: true, items: ['item.desktop', 'item.desk'] }

it('A22-2: what is provided centrally is switched on for a level, and item by item', () => {
  expect(providesCentrally(entry, 'item.desktop')).toBe(true)
  expect(providesCentrally(entry, 'item.laptop')).toBe(false)
  expect(providesCentrally(entry, null)).toBe(false)
  expect(providesCentrally({ provided: true, items: [] }, null)).toBe(true)
  expect(providesCentrally({ ...entry, provided: false }, 'item.desktop')).toBe(false)
})

it('an entry says in words what it is limited to', () => {
  expect(catalogueText(entry)).toBe('具备条件的集中统一管理（本级统一配备：台式计算机、办公桌（处级及以下））')
  expect(catalogueText({ ...entry, items: [] })).toBe('具备条件的集中统一管理（本级统一配备）')
  expect(catalogueText({ ...entry, provided: false })).toBe('具备条件的集中统一管理（本级不统一配备）')
  expect(catalogueText({ centralised: 'yes', provided: true, items: [] })).toBe('集中统一管理')
})
