import { z } from 'zod'
import { defineContract, Instant, pageInput, pageOf } from '#kernel/pure/contract.ts'

export const backupStates = ['running', 'done', 'failed'] as const
export const backupStateLabels: Record<(typeof backupStates)[number], string> = {
  running: '进行中',
  done: '成功',
  failed: '未完成',
}
export const backupOriginLabels = { scheduled: '每日自动', command: '命令行' } as const

export const Backup = z.object({
  id: z.uuid(),
  /** Name in the backup folder. */
  name: z.string().nullable(),
  origin: z.enum(['scheduled', 'command']),
  state: z.enum(backupStates),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  dataBytes: z.number().int().nullable(),
  sealedBytes: z.number().int().nullable(),
  attachments: z.number().int().nullable(),
  keyId: z.string(),
  problem: z.string().nullable(),
})
export type Backup = z.infer<typeof Backup>

export const Warning = z.object({
  code: z.string(),
  urgency: z.enum(['now', 'soon']),
  text: z.string(),
  remedy: z.string(),
})

export const Process = z.object({
  id: z.uuid(),
  host: z.string(),
  pid: z.number().int(),
  version: z.string(),
  startedAt: Instant,
  seenAt: Instant,
  memoryBytes: z.number(),
})

export const Status = z.object({
  at: Instant,
  warnings: z.array(Warning),
  processes: z.array(Process),
  database: z.object({ version: z.string(), sizeBytes: z.number(), migrations: z.number().int() }),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number(), reserveBytes: z.number().optional() }).nullable(),
  sealing: z.object({ working: z.boolean(), lagSeconds: z.number(), problem: z.string().nullable() }).nullable(),
  archive: z
    .object({
      state: z.enum(['off', 'working', 'failing']),
      lagSeconds: z.number(),
      waiting: z.number().int(),
      lastArchivedAt: z.string().nullable(),
      lastFailedAt: z.string().nullable(),
    })
    .nullable(),
  backup: z.object({ directory: z.string(), keyId: z.string(), keep: z.number().int(), at: z.string() }).nullable(),
  lastBackupAt: Instant.nullable(),
})
export type Status = z.infer<typeof Status>

export const contract = defineContract('upkeep', {
  viewStatus: { method: 'GET', path: '/status', summary: '运行状态', input: z.object({}), output: Status },
  backups: { method: 'GET', path: '/backups', summary: '备份记录', input: z.object(pageInput), output: pageOf(Backup) },
  warnings: {
    method: 'GET',
    path: '/warnings',
    summary: '需要系统管理员处理的运行问题',
    input: z.object({}),
    output: z.object({ items: z.array(Warning) }),
  },
})
