import { pageFrom } from '#kernel/pure/page.ts'
import { readNote, shortForm } from '#kernel/server/audit/checkpoint.ts'
import { consistencyPath } from '#kernel/server/audit/merkle.ts'
import { proofOf, sealOf } from '#kernel/server/audit/proof.ts'
import { latestCheckpoint, subtreeReader, type CheckpointRow } from '#kernel/server/audit/tree-store.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import type { Tx } from '#kernel/server/database.ts'
import { BadInput, found, permit, Refused } from '#kernel/server/errors.ts'
import { organByName } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { can } from '../policy.ts'
import { changesForAuditor, groundsOf, isWholeToAuditor } from '../rules/auditor-view.ts'
import { auditEntryOf, auditKey, auditPage, type AuditFilter } from '../store/audit.ts'
import { exportRows } from './audit-export.ts'
import { operationName, operationsNamed } from './audit-operations.ts'

type AuditOperations = Pick<
  typeof contract,
  'auditEntries' | 'auditEntry' | 'auditProof' | 'exportAudit' | 'latestCheckpoint'
>

export const auditActions: ActionsOf<AuditOperations> = {
  async auditEntries(ctx) {
    permit(can.audit(ctx.actor))
    const { after, limit, ...asked } = ctx.input
    const filter = await filterOf(ctx, asked)
    const rows = await auditPage(ctx.tx, levelOf(ctx), filter, cursorOf(after), limit + 1)
    const page = pageFrom(rows, limit, (last) => `${last.at.toISOString()}@${last.id}`)
    return { ...page, items: page.items.map((row) => ({ ...row, operationName: operationName(ctx, row.operation) })) }
  },

  async auditEntry(ctx) {
    permit(can.audit(ctx.actor))
    const row = found(await auditEntryOf(ctx.tx, levelOf(ctx), ctx.input.entryId), '审计记录')
    const { before, after, basis, ...head } = row
    const seal = await sealOf(ctx.tx, row.id)
    return {
      ...head,
      operationName: operationName(ctx, row.operation),
      changes: changesForAuditor(row.fact, before, after),
      grounds: groundsOf(row.fact, basis),
      seal: seal && {
        position: seal.position,
        checkpoint: shortFormOf(seal.checkpoint),
        sealedAt: seal.checkpoint.at,
      },
    }
  },

  async auditProof(ctx) {
    permit(can.audit(ctx.actor))
    const row = found(await auditEntryOf(ctx.tx, levelOf(ctx), ctx.input.entryId), '审计记录')
    const proof = await proofOf(ctx.tx, row.id, (part) => part === 'person' || isWholeToAuditor(row.fact, row[part]))
    if (proof) return { proof }
    throw new Refused([
      {
        code: 'not-sealed',
        message: '这条记录还没有封存，暂时没有存在证明。',
        basis: null,
        facts: {},
        remedy: '记录一般在几秒内封存，请稍后再试。',
      },
    ])
  },

  async exportAudit(ctx) {
    permit(can.audit(ctx.actor))
    const { format, purpose, ...asked } = ctx.input
    const filter = await filterOf(ctx, asked)
    return exportRows(ctx, { level: levelOf(ctx), filter, asked, format, purpose: purpose || null })
  },

  async latestCheckpoint({ tx, input }) {
    const row = await latestCheckpoint(tx)
    if (input.from !== undefined && input.from > (row?.size ?? 0))
      throw new BadInput([
        { pointer: '/from', message: `本系统的审计记录现有 ${row?.size ?? 0} 条，少于所给的 ${input.from} 条。` },
      ])
    if (!row) return { checkpoint: null, consistency: null }
    const key = found(await auditKey(tx, row.keyId), '检查点公钥')
    return {
      checkpoint: {
        size: row.size,
        at: row.at,
        sha256: row.sha256.toString('hex'),
        sm3: row.sm3.toString('hex'),
        keyId: row.keyId,
        short: shortFormOf(row),
        note: row.note,
        key: { algorithm: key.algorithm, publicKey: key.publicKey.toString('base64') },
      },
      consistency: input.from === undefined ? null : await consistencyOf(tx, input.from, row.size),
    }
  },
}

async function consistencyOf(tx: Tx, from: number, size: number): Promise<{ sha256: string[]; sm3: string[] }> {
  const path = async (suite: 'sha256' | 'sm3') =>
    (await consistencyPath(suite, from, size, subtreeReader(tx, suite))).map((hash) => hash.toString('hex'))
  return { sha256: await path('sha256'), sm3: await path('sm3') }
}

export function shortFormOf(row: CheckpointRow): string {
  const checkpoint = readNote(row.note)
  return shortForm(checkpoint ?? row)
}

function levelOf({ actor }: Act): string {
  return found(actor.organ, '所代表的机关').jurisdictionCode
}

type Asked = { organ?: string | undefined; operation?: string | undefined } & Omit<
  AuditFilter,
  'organId' | 'operations'
>

/** @throws BadInput when the level has no organ of that name */
async function filterOf(ctx: Act, { organ, operation, ...others }: Asked): Promise<AuditFilter> {
  const rest = operation ? { ...others, operations: operationsNamed(ctx, operation) } : others
  if (!organ) return rest
  const known = await organByName(ctx.tx, levelOf(ctx), organ)
  if (known) return { ...rest, organId: known.id }
  throw new BadInput([{ pointer: '/organ', message: `本级没有名为“${organ}”的机关。请填写机关全称或规范简称。` }])
}

function cursorOf(after: string | undefined): { at: string; id: number } | null {
  if (after === undefined) return null
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)@(\d{1,15})$/.exec(after) ?? []
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at)))
    throw new BadInput([{ pointer: '/after', message: '翻页位置无效。请从第一页重新查看。' }])
  return { at, id: Number(id) }
}
