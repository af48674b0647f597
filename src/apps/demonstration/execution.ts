import type { Actor } from '#kernel/pure/actor.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import type { OrganRow } from '#modules/organs/offers.ts'
import { actions as ledgerActions } from '#modules/ledger/actions.ts'
import { contract as ledgerContract } from '#modules/ledger/contract.ts'
import { actions as planActions } from '#modules/plans/actions.ts'
import { contract as planContract } from '#modules/plans/contract.ts'
import { as, needed, somebody, type Stage } from './cast.ts'
import { fraction, upkeepItem } from './wishes.ts'

/** Execution 执行, adjustments 调整 and reports 执行报告 of the demonstration. */
const plans = { contract: planContract, actions: planActions }
const ledger = { contract: ledgerContract, actions: ledgerActions }

/**
 * Spends what the plan of an organ holds over the year up to `until`: some lines nearly whole, some behind.
 * @param bought kinds of need that purchase files spend instead
 */
export async function spend(
  stage: Stage,
  owner: OrganRow,
  year: number,
  until: string,
  bought: readonly string[] = [],
): Promise<void> {
  const clerk = await somebody(stage, owner, 'organ-clerk', 'plan-reviewer')
  if (!clerk) return
  const { items } = await as(
    ledger,
    'lines',
    stage,
    { actor: clerk, at: until },
    { year, organId: owner.id, limit: 200 },
  )
  const lastMonth = until >= `${year}-12-31` ? 12 : Number(until.slice(5, 7))
  for (const line of items as {
    id: string
    number: string
    itemName: string
    plannedFen: number
    holderOrganId: string
    needKind: string
  }[]) {
    if (line.holderOrganId !== owner.id || bought.includes(line.needKind)) continue
    // Repairs of things are paid as they come.
    const spent = line.itemName === upkeepItem ? 0.4 : 0.78 + fraction(`${line.number} spent`) * 0.215
    const share = spent * (lastMonth / 12)
    const parts = 1 + Math.floor(fraction(`${line.number} parts`) * 3)
    for (let part = 1; part <= parts; part++) {
      const month = Math.max(2, Math.round((lastMonth * part) / parts))
      const on = `${year}-${String(month).padStart(2, '0')}-${String(5 + Math.floor(fraction(`${line.number} ${part}`) * 20)).padStart(2, '0')}`
      const amountFen = Math.floor((line.plannedFen * share) / parts / 100) * 100
      if (on > until || amountFen <= 0) continue
      await as(
        ledger,
        'execute',
        stage,
        { actor: clerk, at: on },
        {
          lineId: line.id,
          amountFen,
          quantity: 0,
          note: `${line.itemName}第${part}次支付`,
          document: `记${String(month).padStart(2, '0')}-${String(Math.floor(fraction(`${line.number}${part}v`) * 900) + 100)}`,
          occurredOn: on,
        },
      )
    }
  }
}

/** Why money was left, what was saved and what should change: the parts of a report that no ledger knows. */
const words = [
  {
    reason: '年内部分采购采用框架协议直接订购，成交价低于预算，结余资金未再安排。',
    savings: '办公用品统一领用，会议优先使用机关会议室，差旅提前订票，一般性支出较计划节约。',
    proposals: '建议对三年以上未变化的定额项目重新测算，按实际用量核定。',
  },
  {
    reason: '维修项目竣工结算晚于预期，尾款按合同约定在下一年度支付。',
    savings: '推行无纸化办公和设备共用，打印耗材支出下降；闲置设备经公物仓调剂使用。',
    proposals: '建议维修项目按工期分年度安排资金，减少年末结转。',
  },
  {
    reason: '培训改为线上线下结合，场地和住宿支出减少。',
    savings: '合并召开会议，压减培训期数，公务用车统一调度。',
    proposals: '建议将线上培训费用单列，便于核定标准。',
  },
] as const

function wordsOf(organ: OrganRow) {
  return words[Math.floor(fraction(`${organ.name} words`) * words.length)] ?? words[0]
}

/** Draws up a report, completes what the ledger cannot tell, and has it signed. */
async function signedReport(
  stage: Stage,
  owner: OrganRow,
  { year, kind, on }: { year: number; kind: 'organ' | 'consolidated'; on: string },
  { clerk, head }: { clerk: Actor; head: Actor },
): Promise<{ id: string; version: number }> {
  const who = { actor: clerk, at: on }
  const { report: drafted, texts } = await as(plans, 'draftReport', stage, who, { year, kind })
  const { reason, savings, proposals } = wordsOf(owner)
  const { report: saved } = await as(plans, 'saveReport', stage, who, {
    reportId: drafted.id,
    version: drafted.version,
    texts: { ...texts, problems: texts.problems === '' ? '' : `${texts.problems}${reason}`, savings, proposals },
  })
  const { report: signed } = await as(
    plans,
    'signReport',
    stage,
    { actor: head, at: addDays(on, 1) },
    { reportId: saved.id, version: saved.version },
  )
  return signed
}

/** The execution report of an organ: sent, and taken in by the authority or sent back to be completed. */
export async function report(
  stage: Stage,
  owner: OrganRow,
  year: number,
  on: string,
  answer: 'received' | 'returned' | null,
): Promise<void> {
  const clerk = await somebody(stage, owner, 'organ-clerk', 'plan-reviewer')
  const head = await somebody(stage, owner, 'organ-head', 'authority-leader')
  if (!clerk || !head) return
  const signed = await signedReport(stage, owner, { year, kind: 'organ', on }, { clerk, head })
  const { report: sent } = await as(
    plans,
    'sendReport',
    stage,
    { actor: clerk, at: addDays(on, 2) },
    { reportId: signed.id, version: signed.version },
  )
  if (answer === null) return
  const who = { actor: await needed(stage, stage.authority, 'plan-reviewer'), at: addDays(on, 4) }
  const given = { reportId: sent.id, version: sent.version }
  if (answer === 'received') await as(plans, 'receiveReport', stage, who, given)
  else
    await as(plans, 'returnReport', stage, who, {
      ...given,
      opinion: '会议费执行率偏低的原因没有说明，请补充后重新报送。',
    })
}

export async function consolidatedReport(stage: Stage, year: number, on: string): Promise<void> {
  const clerk = await needed(stage, stage.authority, 'plan-reviewer')
  const head = await needed(stage, stage.authority, 'authority-leader')
  const signed = await signedReport(stage, stage.authority, { year, kind: 'consolidated', on }, { clerk, head })
  await as(
    plans,
    'sendReport',
    stage,
    { actor: clerk, at: addDays(on, 4) },
    { reportId: signed.id, version: signed.version, copyToFinance: true },
  )
}

/** A plan line as the ledger lists it. */
type Line = {
  id: string
  itemName: string
  needKind: string
  economicCode: string
  unit: string
  plannedFen: number
  committedFen: number
  executedFen: number
  plannedQuantity: number
  holderOrganId: string
}

/** The change of a line's money, as an adjustment states it. */
export function changeBy<
  L extends Pick<Line, 'id' | 'itemName' | 'needKind' | 'economicCode' | 'unit' | 'plannedFen' | 'plannedQuantity'>,
>(line: L, byFen: number) {
  return {
    lineId: line.id,
    needKind: line.needKind as L['needKind'],
    itemName: line.itemName,
    economicCode: line.economicCode,
    unit: line.unit,
    beforeFen: line.plannedFen,
    afterFen: line.plannedFen + byFen,
    beforeQuantity: line.plannedQuantity,
    afterQuantity: line.plannedQuantity,
  }
}

/** An organ moves money between two of its lines after the fact; filed or not yet. */
export async function adjust(
  stage: Stage,
  owner: OrganRow,
  year: number,
  on: string,
  filedOn: string | null,
  what: {
    type: string
    cause: string
    document: string
    moveFen: number
    /** Economic code the money goes to; within N01 otherwise. */ toCode?: string
  },
): Promise<void> {
  const clerk = await somebody(stage, owner, 'organ-clerk')
  if (!clerk) return
  const { items } = await as(ledger, 'lines', stage, { actor: clerk, at: on }, { year, organId: owner.id, limit: 200 })
  const own = (items as Line[]).filter(
    ({ holderOrganId, needKind }) => holderOrganId === owner.id && needKind === 'N01',
  )
  const left = ({ plannedFen, committedFen, executedFen }: Line) => plannedFen - committedFen - executedFen
  const from = own.toSorted((a, b) => left(b) - left(a))[0]
  const to = what.toCode
    ? (items as Line[]).find(
        ({ holderOrganId, economicCode }) => holderOrganId === owner.id && economicCode === what.toCode,
      )
    : own.find(({ id }) => id !== from?.id)
  if (!from || !to) return
  const moveFen = Math.min(what.moveFen, Math.floor(left(from) / 2 / 10_000) * 10_000)
  if (moveFen <= 0) return
  const made = await as(
    plans,
    'makeAdjustment',
    stage,
    { actor: clerk, at: on },
    {
      year,
      type: what.type,
      cause: what.cause,
      basisDocument: what.document,
      adjustedOn: on,
      fundSource: '本机关计划内调剂',
      changes: [changeBy(from, -moveFen), changeBy(to, moveFen)],
    },
  )
  if (filedOn)
    await as(
      plans,
      'fileAdjustment',
      stage,
      { actor: clerk, at: filedOn },
      { adjustmentId: made.adjustment.id, version: made.adjustment.version },
    )
}
