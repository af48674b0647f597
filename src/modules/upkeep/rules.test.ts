import { describe, expect, test } from 'vitest'
import { roles, type Role } from '#kernel/pure/actor.ts'
import { testActor } from '#kernel/testing/act.ts'
import { can } from './policy.ts'
import { warningsOf, type UpkeepFacts } from './rules.ts'

const now = new Date('2026-11-25T10:00:00+08:00')
const well: UpkeepFacts = {
  archive: { state: 'working', waiting: 0, lastArchivedAt: now.toISOString() },
  sealing: { working: true, problem: null },
  disk: { freeBytes: 50, totalBytes: 100 },
  backupSetUp: true,
  lastDoneAt: new Date('2026-11-25T02:30:00+08:00'),
  latest: { state: 'done', problem: null, attachmentsMissing: 0 },
}
const codes = (change: Partial<UpkeepFacts>) => warningsOf({ ...well, ...change }, now).map(({ code }) => code)

describe('what needs somebody', () => {
  test('nothing while all is well, or nothing is known of a process yet', () => {
    expect(codes({})).toEqual([])
    expect(codes({ archive: null, sealing: null, disk: null })).toEqual([])
    expect(codes({ archive: { state: 'off', waiting: 0, lastArchivedAt: null } })).toEqual([])
  })

  test.each<[string, Partial<UpkeepFacts>, string[]]>([
    ['archive', { archive: { state: 'failing', waiting: 4, lastArchivedAt: null } }, ['archive-failing']],
    ['sealing', { sealing: { working: false, problem: '数据库不可用。' } }, ['sealing-stopped']],
    ['disk under a tenth', { disk: { freeBytes: 9.9, totalBytes: 100 } }, ['disk-low']],
    ['disk below its reserve', { disk: { freeBytes: 49, totalBytes: 100, reserveBytes: 50 } }, ['disk-full']],
    ['disk at a tenth', { disk: { freeBytes: 10, totalBytes: 100 } }, []],
    ['backup of yesterday morning', { lastDoneAt: new Date('2026-11-24T07:00:00+08:00') }, ['backup-too-old']],
    ['no good backup', { lastDoneAt: null, latest: null }, ['backup-too-old']],
    [
      'last try failed',
      { latest: { state: 'failed', problem: '磁盘已满。', attachmentsMissing: null } },
      ['backup-failed'],
    ],
    ['attachments gone', { latest: { state: 'done', problem: null, attachmentsMissing: 2 } }, ['attachments-missing']],
    ['nothing set up', { backupSetUp: false, lastDoneAt: null, latest: null }, ['no-backup']],
  ])('%s', (_, change, expected) => expect(codes(change)).toEqual(expected))

  test('every warning says what is wrong and what to do, in whole sentences', () => {
    const bad: UpkeepFacts = {
      archive: { state: 'failing', waiting: 4, lastArchivedAt: null },
      sealing: { working: false, problem: '数据库不可用。' },
      disk: { freeBytes: 1, totalBytes: 100 },
      backupSetUp: true,
      lastDoneAt: null,
      latest: { state: 'failed', problem: '磁盘已满。', attachmentsMissing: 1 },
    }
    const warnings = warningsOf(bad, now)
    expect(warnings).toHaveLength(6)
    for (const { text, remedy } of warnings) for (const said of [text, remedy]) expect(said).toMatch(/。$/)
  })
})

test('G8 the running of the installation is the system administrator’s of the highest level, and nobody else’s', () => {
  const organ = {
    id: 'a1f7f0f4-0000-4000-8000-000000000001',
    name: '测试机关',
    jurisdictionCode: '140100',
    jurisdictionName: '太原市',
    level: 'city' as const,
    parts: ['authority' as const],
  }
  const allowed = roles.filter((role: Role) => can.lookAfter(testActor(organ, [role]), 'city').ok)
  expect(allowed).toEqual(['system-administrator'])
  for (const highest of ['province', null] as const)
    expect(can.lookAfter(testActor(organ, ['system-administrator']), highest).ok).toBe(false)
})
