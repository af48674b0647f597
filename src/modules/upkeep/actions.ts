import { pageFrom } from '#kernel/pure/page.ts'
import { lastBackupTimes, latestBackups, type BackupRow } from '#kernel/server/backup/backup-log.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { permit } from '#kernel/server/errors.ts'
import { liveProcesses, type ServerProcess } from '#kernel/server/upkeep/server-process.ts'
import { levelOfInstallation } from '#modules/people/offers.ts'
import type { contract } from './contract.ts'
import { can } from './policy.ts'
import { warningsOf } from './rules.ts'
import { backupsPage, databaseFigures } from './store.ts'

export const actions: ActionsOf<typeof contract> = {
  async viewStatus(ctx) {
    await permitToLookAfter(ctx)
    const { processes, lastDoneAt, warnings } = await standing(ctx)
    const state = processes[0]?.state ?? null
    return {
      at: ctx.now,
      warnings,
      processes: processes.map(({ state: { memoryBytes }, ...process }) => ({ ...process, memoryBytes })),
      database: await databaseFigures(ctx.tx),
      disk: state?.disk ?? null,
      sealing: state?.sealing ?? null,
      archive: state?.archive ?? null,
      backup: state?.backup ?? null,
      lastBackupAt: lastDoneAt,
    }
  },

  async backups(ctx) {
    await permitToLookAfter(ctx)
    const { after, limit } = ctx.input
    const cursor = cursorPattern.exec(after ?? '')
    const rows = await backupsPage(
      ctx.tx,
      cursor ? { startedAt: new Date(cursor[1] as string), id: cursor[2] as string } : null,
      limit + 1,
    )
    const page = pageFrom(rows, limit, (last) => `${last.startedAt.toISOString()}@${last.id}`)
    return { ...page, items: page.items.map(asBackup) }
  },

  async warnings(ctx) {
    await permitToLookAfter(ctx)
    return { items: (await standing(ctx)).warnings }
  },
}

async function permitToLookAfter({ tx, actor, today }: Act): Promise<void> {
  permit(can.lookAfter(actor, await levelOfInstallation(tx, 'system-administrator', today)))
}

/** As `next` gives it: when it began, and its id. */
const cursorPattern =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z)@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** How the installation stands: what one process cannot reach, another may, so the worst of each is told. */
async function standing({ tx, now }: Pick<Act, 'tx' | 'now'>) {
  const processes = await liveProcesses(tx, now)
  const { doneAt: lastDoneAt } = await lastBackupTimes(tx)
  const [latest] = await latestBackups(tx, 1)
  const facts = {
    archive: worst(processes, ({ archive }) => archive.state === 'failing')?.archive ?? null,
    sealing: worst(processes, ({ sealing }) => !sealing.working)?.sealing ?? null,
    disk: processes[0]?.state.disk ?? null,
    backupSetUp: processes.some(({ state }) => state.backup !== null),
    lastDoneAt,
    latest: latest ?? null,
  }
  return { processes, lastDoneAt, warnings: warningsOf(facts, now) }
}

function worst(
  processes: readonly ServerProcess[],
  isBad: (state: ServerProcess['state']) => boolean,
): ServerProcess['state'] | null {
  return (processes.find(({ state }) => isBad(state)) ?? processes[0])?.state ?? null
}

function asBackup(row: BackupRow) {
  const { id, name, origin, state, startedAt, finishedAt, dataBytes, sealedBytes, attachments, keyId, problem } = row
  return { id, name, origin, state, startedAt, finishedAt, dataBytes, sealedBytes, attachments, keyId, problem }
}
