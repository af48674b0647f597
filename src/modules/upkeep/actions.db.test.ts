import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/pure/actor.ts'
import { noteBackupBegun, noteBackupDone, noteBackupFailed } from '#kernel/server/backup/backup-log.ts'
import { transaction } from '#kernel/server/database.ts'
import { Forbidden } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { saveProcess, type ProcessState } from '#kernel/server/upkeep/server-process.ts'
import { testCtx } from '#kernel/testing/act.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import { officeStage } from '#modules/people/testing/office-stage.ts'
import { actions } from './actions.ts'
import { tellSystemAdministrators } from './offers.ts'

const stage = officeStage({
  today: '2026-11-25',
  cast: {
    province: ['province-authority', 'system-administrator'],
    city: ['taiyuan-authority', 'system-administrator'],
    security: ['province-authority', 'security-administrator'],
    audit: ['province-authority', 'audit-administrator'],
    leader: ['province-authority', 'authority-leader'],
  },
  running: [],
})
let fresh: FreshDatabase
let administrator: Actor
beforeAll(async () => {
  await stage.open()
  fresh = stage.theDatabase()
  administrator = stage.actors['province'] as Actor
})
afterAll(() => stage.close())

const now = new Date('2026-11-25T10:00:00+08:00')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

const state: ProcessState = {
  sealing: { working: true, lagSeconds: 0, problem: null },
  disk: { freeBytes: 60e9, totalBytes: 100e9 },
  archive: { state: 'working', lagSeconds: 0, waiting: 0, lastArchivedAt: null, lastFailedAt: null },
  migrations: 'current',
  backup: { directory: '/backups', keyId: '0123456789abcdef', keep: 7, at: '02:30' },
  memoryBytes: 3e8,
}

/** As the app connects in real life, with the actor's own scope. */
const ask = <T>(actor: Actor, work: (tx: Parameters<Parameters<typeof transaction>[1]>[0]) => Promise<T>) =>
  transaction(fresh.db, work, { scope: scopeOf(actor) })
const viewStatus = (actor: Actor = administrator) =>
  ask(actor, (tx) => actions.viewStatus(testCtx({ tx, actor, now }, {} as never)))
const backups = (after?: string) =>
  ask(administrator, (tx) => actions.backups(testCtx({ tx, actor: administrator, now }, { after, limit: 2 } as never)))

async function noteBackup(startedAt: Date, problem: string | null): Promise<void> {
  await transaction(fresh.db, async (tx) => {
    const given = { origin: 'scheduled' as const, directory: '/backups', keyId: '0' }
    const id = await noteBackupBegun(tx, given, startedAt)
    const made = {
      id: `b${startedAt.getTime()}`,
      dataBytes: 1e9,
      sealedBytes: 2e8,
      attachments: 3,
      attachmentsAdded: 1,
    }
    if (problem) await noteBackupFailed(tx, id, problem, startedAt)
    else await noteBackupDone(tx, id, { ...made, attachmentsMissing: 0 }, startedAt)
  })
}
async function noteProcess(version: string, seenAt: Date, change: Partial<ProcessState> = {}): Promise<void> {
  const process = {
    id: newId(),
    host: 'a',
    pid: 1,
    version,
    startedAt: ago(60),
    seenAt,
    state: { ...state, ...change },
  }
  await transaction(fresh.db, (tx) => saveProcess(tx, process))
}

describe('the status of the installation', () => {
  test('G8 is refused to everybody but the system administrator of the highest level', async () => {
    for (const name of ['security', 'audit', 'leader', 'city']) {
      const other = stage.actors[name] as Actor
      await expect(viewStatus(other)).rejects.toThrow(Forbidden)
      await expect(
        ask(other, (tx) => actions.warnings(testCtx({ tx, actor: other, now }, {} as never))),
      ).rejects.toThrow(Forbidden)
    }
  })

  test('A6-1 alarms go to whoever looks after the installation, and no level below is told to', async () => {
    await stage.inActOf(null, (act) => tellSystemAdministrators(act, '日志归档已停止。'))
    expect(await stage.noticesTo('province')).toContain('日志归档已停止。')
    expect(await stage.noticesTo('city')).not.toContain('日志归档已停止。')
  })

  test('says that nothing is backed up before anything is', async () => {
    const status = await viewStatus()
    expect(status.warnings).toMatchObject([{ code: 'no-backup' }])
    expect(status).toMatchObject({ processes: [], disk: null, lastBackupAt: null })
    expect(status.database.migrations).toBeGreaterThan(20)
  })

  test('tells of live processes only, and of the worst of them', async () => {
    await noteProcess('1.0.0', ago(3))
    await noteProcess('1.0.1', ago(1))
    await noteProcess('1.0.2', ago(0), { sealing: { working: false, lagSeconds: 80, problem: '磁盘已满。' } })
    await noteBackup(ago(120), null)
    const status = await viewStatus()
    expect(status.processes.map(({ version }) => version).sort()).toEqual(['1.0.1', '1.0.2'])
    expect(status.warnings).toMatchObject([{ code: 'sealing-stopped', text: expect.stringContaining('磁盘已满') }])
    expect(status.backup?.keep).toBe(7)
  })

  test('a failed backup stays in the list beside the good ones, newest first, page by page', async () => {
    await noteBackup(ago(90), '备份目录不可写。')
    await noteBackup(ago(60), null)
    await noteBackup(ago(30), '备份目录不可写。')
    const first = await backups()
    expect(first.items.map((one) => one.state)).toEqual(['failed', 'done'])
    const second = await backups(first.next ?? '')
    expect(second.items.map((one) => one.state)).toEqual(['failed', 'done'])
    expect(second.next).toBeNull()
    expect((await viewStatus()).warnings.map(({ code }) => code)).toEqual(['sealing-stopped', 'backup-failed'])
  })

  test('a backup whose process died is noted as failed when the next begins', async () => {
    const given = { origin: 'command' as const, directory: '/backups', keyId: '0' }
    await transaction(fresh.db, (tx) => noteBackupBegun(tx, given, ago(10)))
    await transaction(fresh.db, (tx) => noteBackupBegun(tx, given, ago(5)))
    expect((await backups()).items).toMatchObject([
      { state: 'running', problem: null },
      { state: 'failed', problem: expect.stringContaining('结束') },
    ])
  })
})
