import { pageFrom } from '#kernel/pure/page.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, permit } from '#kernel/server/errors.ts'
import { organNames } from '#modules/organs/offers.ts'
import type { contract } from './contract.ts'
import { can, decisionScope, type DecisionScope } from './policy.ts'
import { keptStandards, replay, underStandardsOf } from './replay.ts'
import { decisionBy, decisionsOnSubject, decisionsPage, type DecisionRow, type HeadRow } from './store.ts'

export const actions: ActionsOf<typeof contract> = {
  async decisions(ctx) {
    const { after, limit, ...filter } = ctx.input
    const rows = await decisionsPage(ctx.tx, scopeOf(ctx), filter, cursorOf(after), limit + 1)
    const page = pageFrom(rows, limit, (last) => `${last.decidedAt.toISOString()}@${last.id}`)
    return {
      ...page,
      items: await asHeads(ctx, page.items),
      kinds: [...ctx.decisionKinds.values()].map(({ kind, title }) => ({ kind, title })),
    }
  },

  async subjectDecisions(ctx) {
    const scope = scopeOf(ctx)
    const { subjectKind: kind, subjectId: id } = ctx.input
    const rows = await decisionsOnSubject(ctx.tx, scope, { kind, id })
    const present = rows.find(({ standing, effect }) => standing === 'present' && effect === 'made')
    const row = present && (await decisionBy(ctx.tx, scope, present.id))
    return { items: await asHeads(ctx, rows), present: row ? await asView(ctx, row) : null }
  },

  async viewDecision(ctx) {
    return asView(ctx, await seenDecision(ctx))
  },

  async replayDecision(ctx) {
    return replay(ctx.decisionKinds, keptStandards(ctx.tx), await seenDecision(ctx))
  },

  async decisionUnderToday(ctx) {
    return underStandardsOf(ctx.tx, ctx.decisionKinds, await seenDecision(ctx), ctx.today)
  },
}

function scopeOf({ actor }: Pick<Act, 'actor'>): DecisionScope {
  permit(can.readDecisions(actor))
  return found(decisionScope(actor), '所代表的机关')
}

/** A decision outside of the reader's scope is not even known to exist. */
async function seenDecision(ctx: Act & { input: { decision: string } }): Promise<DecisionRow> {
  return found(await decisionBy(ctx.tx, scopeOf(ctx), ctx.input.decision), '决定')
}

function cursorOf(after: string | undefined): { decidedAt: Date; id: string } | null {
  if (after === undefined) return null
  const [, instant, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after) ?? []
  if (instant === undefined || id === undefined || Number.isNaN(Date.parse(instant)))
    throw new BadInput([{ pointer: '/after', message: '翻页位置无效。请从第一页重新查看。' }])
  return { decidedAt: new Date(instant), id }
}

async function asHeads({ tx, decisionKinds }: Pick<Act, 'tx' | 'decisionKinds'>, rows: readonly HeadRow[]) {
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  return rows.map((row) => ({
    ...row,
    kindTitle: decisionKinds.get(row.kind)?.title ?? row.kind,
    organName: names.get(row.organId) ?? '',
  }))
}

async function asView(ctx: Pick<Act, 'tx' | 'decisionKinds'>, row: DecisionRow) {
  const { standardsOn, standardsYear, standardsSnapshot, findings } = row
  return {
    ...found((await asHeads(ctx, [row]))[0], '决定'),
    jurisdictionCode: row.jurisdictionCode,
    rulesVersion: row.rulesVersion,
    standards:
      standardsOn === null || standardsYear === null || standardsSnapshot === null
        ? null
        : { on: standardsOn, year: standardsYear, snapshot: standardsSnapshot },
    inputs: row.inputs,
    labels: { ...ctx.decisionKinds.get(row.kind)?.labels },
    findings: findings ?? [],
    conclusion: row.conclusion,
    taken: row.taken,
    digest: row.digest,
    purgedAt: row.purgedAt,
    supersedes: linked(row.supersedesId, row.supersedesNumber),
    supersededBy: linked(row.supersededById, row.supersededByNumber),
  }
}

function linked(id: string | null, number: string | null): { id: string; number: string } | null {
  return id === null || number === null ? null : { id, number }
}
