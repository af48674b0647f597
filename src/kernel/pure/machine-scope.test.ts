import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Operation } from './contract.ts'
import { isForPeopleOnly, machineAreas, mayByScope, rightFor, type MachineScope } from './machine-scope.ts'

const operation = (given: Partial<Operation>): Operation => ({
  module: 'plans',
  name: 'one',
  method: 'GET',
  path: '/one',
  summary: '一件事',
  input: z.object({}),
  output: z.object({}),
  ...given,
})
const anyOperation = fc
  .record({
    module: fc.constantFrom('plans', 'ledger', 'people'),
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
    readOnly: fc.boolean(),
    secret: fc.boolean(),
    personal: fc.boolean(),
    access: fc.constantFrom('public', 'signed-in'),
  })
  .map((given) => operation(given as Partial<Operation>))
const scope = fc.constantFrom<MachineScope>('plans:read', 'plans:write', 'ledger:read', 'ledger:write', 'people:read')

describe('what a token reaches', () => {
  it('G6 is what one of its scopes names, and nothing for people only', () =>
    fc.assert(
      fc.property(anyOperation, fc.uniqueArray(scope), (one, scopes) => {
        const may = mayByScope({ tokenId: 't', scopes }, one).ok
        if (isForPeopleOnly(one)) return !may
        if (one.access === 'public') return may
        const named =
          scopes.includes(`${one.module}:write`) ||
          (rightFor(one) === 'read' && scopes.includes(`${one.module}:read` as MachineScope))
        return may === named
      }),
    ))

  it('never shrinks with another scope', () =>
    fc.assert(
      fc.property(anyOperation, fc.uniqueArray(scope), scope, (one, scopes, more) => {
        const before = mayByScope({ tokenId: 't', scopes }, one).ok
        return !before || mayByScope({ tokenId: 't', scopes: [...scopes, more] }, one).ok
      }),
    ))

  it('says which scope is missing', () => {
    const verdict = mayByScope({ tokenId: 't', scopes: ['plans:read'] }, operation({ method: 'POST' }))
    expect(!verdict.ok && verdict.refusals[0]).toMatchObject({ code: 'out-of-scope', facts: { scope: 'plans:write' } })
  })
})

describe('what can be granted', () => {
  it('is what open modules have operations for', () => {
    const read = operation({ name: 'read' })
    const search = operation({ name: 'search', method: 'POST', readOnly: true })
    const secret = operation({ name: 'secret', method: 'POST', secret: true })
    const write = operation({ name: 'write', method: 'PUT' })
    const areas = machineAreas([
      { name: 'plans', title: '计划', contract: { read, write } },
      { name: 'standards', title: '标准', contract: { read, search, secret } },
      { name: 'norms', title: '规范', contract: { open: operation({ access: 'public' }) } },
      { name: 'people', title: '人员', closedToMachines: true, contract: { read, write } },
    ])
    expect(areas).toEqual([
      { module: 'plans', title: '计划', rights: ['read', 'write'] },
      { module: 'standards', title: '标准', rights: ['read'] },
    ])
  })
})
