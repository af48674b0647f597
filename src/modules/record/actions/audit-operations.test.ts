import { describe, expect, it } from 'vitest'
import { declaredBy } from '#kernel/pure/declared.ts'
import { contract } from '../contract.ts'
import * as words from '../words.ts'
import { operationName, operationsNamed } from './audit-operations.ts'

const declared = declaredBy([{ name: 'record', title: '档案', contract, words }])

describe('operations in the audit record (G9)', () => {
  it('are called what the API documentation calls them; a code of no module stays a code', () => {
    expect(operationName({ declared }, 'record.exportAudit')).toBe(contract.exportAudit.summary)
    expect(operationName({ declared }, 'gone.operation')).toBe(null)
    expect(operationName({ declared }, null)).toBe(null)
  })

  it('are found by a part of their name, or by their code', () => {
    const named = operationsNamed({ declared }, contract.exportAudit.summary.slice(0, 2))
    expect(named).toContain('record.exportAudit')
    expect(operationsNamed({ declared }, 'record.exportAudit')).toEqual(['record.exportAudit'])
  })

  it('what happened and what it was about have their words beside them in an export', () => {
    expect(declared.facts.get('record.audit-exported')).toBe('导出审计记录')
  })
})
