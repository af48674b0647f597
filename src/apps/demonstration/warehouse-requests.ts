import { addDays } from '#kernel/pure/local-date.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import type { OrganRow } from '#modules/organs/offers.ts'
import { actions } from '#modules/warehouse/actions.ts'
import { contract } from '#modules/warehouse/contract.ts'
import { as, needed, type Stage } from './cast.ts'

const warehouse = { contract, actions }

type Thing = { id: string }

type Lending = { at: string; dueOn: string; reason: string; backOn?: string; until?: 'applied' }

/** Lends things of the warehouse to organs: asked for, agreed to, signed for and, where said, brought back. */
export function lender(stage: Stage, manager: Actor) {
  return async (organ: OrganRow, things: readonly Thing[], { at, dueOn, reason, backOn, until }: Lending) => {
    const clerk = await needed(stage, organ, 'asset-keeper', 'organ-clerk')
    const filed = await as(
      warehouse,
      'fileRequest',
      stage,
      { actor: clerk, at },
      {
        kind: 'loan',
        itemIds: things.map(({ id }) => id),
        purpose: 'temporary-body',
        reason,
        dueOn,
        insteadOfPurchase: true,
      },
    )
    if (until === 'applied') return
    const requestId: string = filed.request.id
    const approved = await as(
      warehouse,
      'approveRequest',
      stage,
      { actor: manager, at: addDays(at, 1) },
      { requestId, version: filed.request.version },
    )
    const signed = await as(
      warehouse,
      'signRequest',
      stage,
      { actor: clerk, at: addDays(at, 2) },
      { requestId, version: approved.request.version },
    )
    if (backOn === undefined) return
    const back = await as(
      warehouse,
      'handBack',
      stage,
      { actor: clerk, at: backOn },
      { requestId, version: signed.request.version },
    )
    await as(
      warehouse,
      'takeBack',
      stage,
      { actor: manager, at: backOn },
      {
        requestId,
        version: back.request.version,
        items: things.map(({ id }) => ({ itemId: id, grade: 'A' })),
      },
    )
  }
}

type Allotting = { at: string; reason: string; until: 'consenting' | 'done' }

/** Allots things of the warehouse to organs for good, with the consent of finance. */
export function allotter(stage: Stage, manager: Actor, financier: Actor) {
  return async (organ: OrganRow, things: readonly Thing[], { at, reason, until }: Allotting) => {
    const clerk = await needed(stage, organ, 'asset-keeper', 'organ-clerk')
    const filed = await as(
      warehouse,
      'fileRequest',
      stage,
      { actor: clerk, at: addDays(at, -6) },
      {
        kind: 'allotment',
        itemIds: things.map(({ id }) => id),
        purpose: 'shortage',
        reason,
        inUse: { 'item.desktop': 12, 'item.desk': 9 },
      },
    )
    const requestId: string = filed.request.id
    const approved = await as(
      warehouse,
      'approveRequest',
      stage,
      { actor: manager, at: addDays(at, -4) },
      { requestId, version: filed.request.version, opinion: '低于配置标准，同意调拨。' },
    )
    if (until === 'consenting') return
    const consented = await as(
      warehouse,
      'consentRequest',
      stage,
      { actor: financier, at: addDays(at, -2) },
      { requestId, version: approved.request.version, document: `并财资〔${at.slice(0, 4)}〕118号` },
    )
    // Signed today: book-out and book-in fall into a month that nobody has closed.
    await as(
      warehouse,
      'signRequest',
      stage,
      { actor: clerk, at },
      { requestId, version: consented.request.version, place: '主楼206' },
    )
  }
}
