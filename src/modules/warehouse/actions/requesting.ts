import { allOf, provided, verdictOf, type Finding } from '#kernel/pure/verdict.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { openCase } from '#kernel/server/cases/engine.ts'
import type { Act } from '#kernel/server/context.ts'
import { found, insist } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { holdingsByItem, organsWithBook } from '#modules/assets/offers.ts'
import { staffInPost } from '#modules/organs/model.ts'
import { bureauStaff } from '#modules/standards/rules/equipment-mix.ts'
import { organById } from '#modules/organs/offers.ts'
import type { StandardTable } from '#modules/standards/rules/in-force.ts'
import { allotmentCase, loanCase } from '../cases.ts'
import { law } from '../law.ts'
import type { Purpose, RequestKind } from '../model.ts'
import { checkAllotment, mayJudge, uncounted } from '../rules/allotment.ts'
import { checkLoan, mayBorrow } from '../rules/lending.ts'
import type { ItemRow } from '../store/item.ts'
import { insertRequest, openLoans, requestById, type RequestRow } from '../store/request.ts'
import { lockedItems, warehouseStandards, workCalendar } from './access.ts'
import { hold, type Holder } from './holding.ts'

export type Asking = Readonly<{
  kind: RequestKind
  itemIds: readonly string[]
  holder: Holder
  purpose: Purpose
  reason: string
  document: string
  dueOn: string | null
  eventEndsOn: string | null
  /** Body or event the loan is for; it ends with it. */
  bodyId?: string | null
  insteadOfPurchase: boolean
  /** What the holder has in use by standard item, where no register says it. */
  inUse: Readonly<Record<string, number>>
  source: { kind: string; id: string } | null
}>

/**
 * Opens a loan or an allotment: term or standard are judged, the things are held until it is decided, the case is opened.
 * @throws Refused with all that is against it: term (GWC-R06), overdue loans (GWC-R07), standard (GWC-R11), another's hold (GWC-R12)
 */
export async function openRequest(act: Act, asking: Asking): Promise<RequestRow> {
  const { holder, kind } = asking
  const items = await lockedItems(act, asking.itemIds)
  const standards = await warehouseStandards(act, holder.jurisdictionCode)
  const findings = await judge(act, standards, asking, items)
  const id = newId()
  const letters = kind === 'loan' ? 'JY' : 'DB'
  const year = act.today.slice(0, 4)
  const series = `${letters}-${holder.id}-${year}`
  const number = `${letters}-${year}-${String(await nextNumber(act.tx, series)).padStart(4, '0')}`
  const opened = await openCase(act, kind === 'loan' ? loanCase : allotmentCase, {
    subjectId: id,
    title: `公物仓${kind === 'loan' ? '借用' : '调拨'} ${number}（${asking.itemIds.length}件）`,
    applicantOrganId: holder.id,
    jurisdictionCode: holder.jurisdictionCode,
  })
  await insertRequest(
    act.tx,
    {
      id,
      organId: holder.id,
      jurisdictionCode: holder.jurisdictionCode,
      number,
      kind,
      purpose: asking.purpose,
      reason: asking.reason,
      document: asking.document,
      dueOn: asking.dueOn,
      eventEndsOn: asking.eventEndsOn,
      bodyId: asking.bodyId ?? null,
      insteadOfPurchase: asking.insteadOfPurchase,
      inUse: { ...asking.inUse },
      findings,
      caseId: opened.id,
      sourceKind: asking.source?.kind ?? null,
      sourceId: asking.source?.id ?? null,
      appliedOn: act.today,
    },
    asking.itemIds,
  )
  await hold(act, items, holder, { heldUntil: null, requestId: id, reason: asking.reason })
  const row = found(await requestById(act.tx, id), '用物申请')
  await record(act, 'warehouse.request-filed', {
    subject: { kind: 'warehouse.request', id },
    organId: holder.id,
    after: {
      number,
      kind,
      purpose: asking.purpose,
      items: items.map((item) => item.number),
      dueOn: asking.dueOn,
      reason: asking.reason,
    },
    basis: { findings },
  })
  return row
}

async function judge(
  act: Act,
  standards: StandardTable,
  asking: Asking,
  items: readonly ItemRow[],
): Promise<Finding[]> {
  const { holder, kind, reason, document } = asking
  const own = items.filter((item) => item.ownerOrganId === holder.id)
  const written = provided(secrecyMarkIn(`${reason} ${document}`) === null, {
    code: 'A44-1',
    message: '申请内容带有密级标志。本系统为非涉密系统，不得填写涉密内容。',
    basis: law.secrecy,
  })
  if (kind === 'loan') {
    const calendar = await workCalendar(act)
    const term = checkLoan(
      standards,
      { from: act.today, dueOn: asking.dueOn, eventEndsOn: asking.eventEndsOn },
      calendar,
    )
    const open = await openLoans(act.tx, holder.id)
    insist(allOf(written, verdictOf([term]), mayBorrow(standards, open, act.today, calendar)))
    return [term]
  }
  insist(
    allOf(
      written,
      provided(own.length === 0, {
        code: 'own-thing',
        message: `${own.map(({ name, number }) => `${name}（${number ?? ''}）`).join('、')}的账面持有机关就是接收机关，不用调拨。`,
        basis: law.sharing,
        remedy: '请以借用方式领回使用。',
      }),
    ),
  )
  const { findings } = await judgeAllotment(act, standards, asking, items)
  return findings
}

/** GWC-R11: what the receiver would have, against its standard; counted in its register, or told by itself where it keeps none. */
export async function judgeAllotment(
  act: Act,
  standards: StandardTable,
  { holder, inUse }: Pick<Asking, 'holder' | 'inUse'>,
  items: readonly { itemCode: string | null; quantity: number }[],
): Promise<{ findings: Finding[] }> {
  const organ = found(await organById(act.tx, holder.id, act.today), '接收机关')
  const unit = {
    staffInPost: staffInPost(organ.headcount),
    bureauStaff: bureauStaff(standards, organ.headcount),
    classified: organ.secretUnit,
  }
  const counted = new Map(Object.entries(inUse))
  const withBook = await organsWithBook(act.tx, [holder.id])
  const wanted = items.filter(({ itemCode }) => itemCode !== null)
  if (withBook.has(holder.id)) {
    for (const { itemCode } of wanted) counted.set(itemCode ?? '', 0)
    for (const { standardCode, usableQuantity } of await holdingsByItem(act.tx, [holder.id], standards))
      counted.set(standardCode, usableQuantity)
  }
  const findings = checkAllotment(standards, unit, wanted, counted)
  insist(allOf(mayJudge(uncounted(standards, wanted, counted)), verdictOf(findings)))
  return { findings }
}
