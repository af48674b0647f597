import { addDays } from '#kernel/pure/local-date.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, verdictOf } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf, Ctx } from '#kernel/server/context.ts'
import { BadInput, Conflict, found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { openTies } from './closing.ts'
import type { contract } from './contract.ts'
import { ranks, type Organ, type OrganKind } from './model.ts'
import { can, organScope } from './policy.ts'
import { headcountFindings, mayClose, mayDropParts, mayRename, organFindings, soleParts, stillOpen } from './rules.ts'
import { jurisdictionsCitation } from './reference/jurisdictions.ts'
import {
  addParts,
  endParts,
  headcountPeriods,
  headcountRowsOn,
  insertOrgan,
  jurisdictionOf,
  jurisdictionsOn,
  listOrgans,
  lockOrgan,
  namesOf,
  organNeighbourhood,
  organRow,
  renameOrgan,
  replaceHeadcount,
  updateOrgan,
  type OrganRow,
} from './store.ts'

export const actions: ActionsOf<typeof contract> = {
  async jurisdictions({ tx, today }) {
    return { items: await jurisdictionsOn(tx, today), citation: jurisdictionsCitation }
  },

  async organs({ tx, actor, today, input }) {
    const { after, limit, ...filter } = input
    const { rows, total } = await listOrgans(tx, organScope(actor), filter, { after, limit: limit + 1, day: today })
    const page = pageFrom(rows, limit)
    const items = page.items.map(({ peopleInPost, ...organ }) => {
      const shown = can.viewHeadcount(actor, organ).ok
      return {
        ...organ,
        approvedPosts: shown ? organ.approvedPosts : null,
        staffInPost: shown ? Math.min(peopleInPost, organ.approvedPosts) : null,
      }
    })
    const register = can.registerOrgan(actor, {
      jurisdictionCode: actor.organ?.jurisdictionCode ?? '',
      level: actor.organ?.level ?? 'county',
      parts: [],
    })
    return {
      ...page,
      items,
      total,
      may: { register: mayOf(register) },
    }
  },

  async viewOrgan(act) {
    const organ = found(await organRow(act.tx, act.input.organId, act.today), '机关')
    permit(can.viewOrgan(act.actor, organ))
    return viewOf(act, organ)
  },

  async headcountHistory({ tx, actor, today, input }) {
    const organ = found(await organRow(tx, input.organId, today), '机关')
    permit(can.viewOrgan(actor, organ))
    permit(can.viewHeadcount(actor, organ))
    const periods = await headcountPeriods(tx, organ.id)
    return { items: periods.map((period) => ({ ...period, headcount: byRank(period.headcount) })) }
  },

  async registerOrgan(act) {
    const { tx, actor, today, input } = act
    const { document, ...draft } = input
    const jurisdiction = await jurisdictionOf(tx, draft.jurisdictionCode, today)
    permit(can.registerOrgan(actor, { ...draft, level: jurisdiction?.level ?? 'county' }))
    const around = await organNeighbourhood(tx, draft, draft.validFrom, null)
    const findings = organFindings(draft, { jurisdiction, ...around })
    insist(verdictOf(findings))
    const organ = { ...draft, id: newId(), kind: draft.kind as OrganKind }
    await insertOrgan(tx, organ, document)
    const registered = found(await organRow(tx, organ.id, today), '机关')
    await record(act, 'organs.organ-registered', {
      ...subjectOf(organ.id),
      after: { ...registered, document },
      basis: findings,
    })
    return { organ: await viewOf(act, registered), findings }
  },

  async changeOrgan(act) {
    const { tx, actor, today, input } = act
    const { organId, nameFrom = today, document, ...fields } = input
    const organ = found(await lockOrgan(tx, organId, today), '机关')
    permit(can.changeOrgan(actor, organ))
    insist(stillOpen(organ))
    sameVersion(act, organ)
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    const draft = { ...organ, ...given } as OrganRow
    const jurisdiction = await jurisdictionOf(tx, organ.jurisdictionCode, today)
    const findings = organFindings(draft, { jurisdiction, ...(await organNeighbourhood(tx, draft, today, organ.id)) })
    insist(allOf(verdictOf(findings), mayDropParts(organ, organ.parts, draft.parts), mayRename(nameFrom, today)))
    if (draft.name !== organ.name || draft.shortName !== organ.shortName)
      await renameOrgan(tx, organ.id, {
        name: draft.name,
        shortName: draft.shortName,
        validFrom: later(nameFrom, organ.validFrom),
        document,
      })
    await endParts(
      tx,
      organ.id,
      organ.parts.filter((part) => !draft.parts.includes(part)),
      addDays(today, -1),
    )
    await addParts(
      tx,
      organ,
      draft.parts.filter((part) => !organ.parts.includes(part)),
      later(today, organ.validFrom),
    )
    const changed = await updateOrgan(tx, draft)
    await record(act, 'organs.organ-changed', {
      ...subjectOf(organ.id),
      before: organ,
      after: { ...changed, document },
      basis: findings,
    })
    return { organ: await viewOf(act, changed), findings }
  },

  async setHeadcount(act) {
    const { tx, actor, today, input } = act
    const organ = found(await lockOrgan(tx, input.organId, today), '机关')
    permit(can.setHeadcount(actor, organ))
    insist(stillOpen(organ))
    sameVersion(act, organ)
    const findings = headcountFindings(input.headcount)
    insist(verdictOf(findings))
    const from = later(input.from, organ.validFrom)
    const before = await headcountRowsOn(tx, [organ.id], from)
    await replaceHeadcount(tx, organ.id, from, input.headcount, input.document)
    const changed = await updateOrgan(tx, organ)
    await record(act, 'organs.headcount-set', {
      ...subjectOf(organ.id),
      before,
      after: { from, headcount: input.headcount, document: input.document },
      basis: findings,
    })
    return { organ: await viewOf(act, changed), findings }
  },

  async closeOrgan(act) {
    const { tx, actor, input } = act
    const { lastDay } = input
    const dayAfter = addDays(lastDay, 1)
    const { organ, successor } = await lockBoth(act, input.organId, input.successorId)
    permit(can.closeOrgan(actor, organ))
    sameVersion(act, organ)
    insist(mayClose({ organ, lastDay, dayAfter, successor, ties: await openTies(tx, organ.id) }))
    const closed = await updateOrgan(tx, { ...organ, validUntil: lastDay, successorId: input.successorId })
    await endParts(tx, organ.id, organ.parts, lastDay)
    if (successor) await takeOverParts(act, organ, successor, dayAfter)
    await record(act, 'organs.organ-closed', {
      ...subjectOf(organ.id),
      before: organ,
      after: { ...closed, document: input.document },
    })
    return { organ: await viewOf(act, closed), findings: [] }
  },
}

/** The organ with everything its page shows, and what each act on it would be refused for. */
async function viewOf({ tx, actor, today }: Act, organ: OrganRow) {
  const shown = can.viewHeadcount(actor, organ).ok
  const rows = shown ? await headcountRowsOn(tx, [organ.id], today) : []
  const successor = organ.successorId ? await organRow(tx, organ.successorId, today) : null
  return {
    ...organ,
    headcount: byRank(rows.map(({ rank, approved, inPost }) => ({ rank, approved, inPost }))),
    headcountHidden: !shown,
    successorName: successor?.name ?? null,
    names: await namesOf(tx, organ.id),
    may: {
      change: mayOf(can.changeOrgan(actor, organ)),
      setHeadcount: mayOf(can.setHeadcount(actor, organ)),
      close: mayOf(can.closeOrgan(actor, organ)),
    },
  }
}

/** Both organs locked in the order of their ids, so that two closings never wait for each other. */
async function lockBoth({ tx, today }: Act, organId: string, successorId: string | null) {
  const locked = new Map<string, OrganRow>()
  for (const id of [...new Set([organId, successorId ?? organId])].sort())
    locked.set(id, found(await lockOrgan(tx, id, today), id === organId ? '机关' : '承接机关'))
  return {
    organ: locked.get(organId) as OrganRow,
    successor: successorId ? (locked.get(successorId) as OrganRow) : null,
  }
}

/** What only one organ of a jurisdiction carries passes to the successor in the same act (A6-1). */
async function takeOverParts(act: Act, organ: OrganRow, successor: OrganRow, from: string): Promise<void> {
  const passing = soleParts.filter((part) => organ.parts.includes(part) && !successor.parts.includes(part))
  if (passing.length === 0) return
  await addParts(act.tx, successor, passing, from)
  await updateOrgan(act.tx, successor)
  await record(act, 'organs.parts-taken-over', {
    ...subjectOf(successor.id),
    before: successor.parts,
    after: { parts: passing, from },
  })
}

/** The client must have seen the version it changes; otherwise it would write over what it has not read. */
function sameVersion({ ifMatch }: Pick<Ctx, 'ifMatch'>, organ: OrganRow): void {
  if (ifMatch === null)
    throw new BadInput([
      { pointer: '/version', message: '请带上所见版本（If-Match）后提交。', code: 'version-required' },
    ])
  if (ifMatch !== organ.version) throw new Conflict('机关登记信息')
}

function byRank(headcount: Organ['headcount']): Organ['headcount'] {
  return headcount.toSorted((a, b) => ranks.indexOf(a.rank) - ranks.indexOf(b.rank))
}

function subjectOf(organId: string) {
  return { subject: { kind: 'organs.organ', id: organId }, organId }
}

function later(a: string, b: string): string {
  return a > b ? a : b
}
