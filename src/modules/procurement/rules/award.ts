import { addDays, type LocalDate } from '#kernel/pure/local-date.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import { judged } from '#modules/standards/rules/finding.ts'
import { figureFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { checkIntention } from '#modules/standards/rules/procurement.ts'
import { termEnd } from '#modules/standards/rules/terms.ts'
import { law } from '../law.ts'
import { methodLabels, type Bidder, type Method } from '../model.ts'

/** Methods in which suppliers compete, so that fewer than three are no competition (PRO-R07). */
const competing: readonly Method[] = ['open-tender', 'invited-tender', 'negotiation', 'consultation', 'inquiry']

/** From the notice or document to the opening or first answer, by method. */
const noticeTerms: Partial<Record<Method, string>> = {
  'open-tender': 'procurement.tender-notice',
  'invited-tender': 'procurement.tender-notice',
  negotiation: 'procurement.negotiation',
  consultation: 'procurement.consultation',
  inquiry: 'procurement.inquiry',
}

export type Starting = Readonly<{
  method: Method
  intentionNeeded: boolean
  intentionOn: LocalDate | null
  startedOn: LocalDate
  noticeOn: LocalDate | null
  /** Publicity of a single source 单一来源公示, where there was one. */
  publicityFrom: LocalDate | null
  publicityUntil: LocalDate | null
  amountFen: number
}>

/** PRO-R05, PRO-R13: whether buying may begin on the day, and what must have been published before. */
export function checkStart(table: StandardTable, calendar: WorkCalendar, region: string, start: Starting): Finding[] {
  return [
    ...(start.intentionNeeded
      ? [
          start.intentionOn === null
            ? judged({
                rule: 'PRO-R05',
                norm: 'A11-2',
                rows: [figureFor(table, 'procurement.intention', 'term')],
                ok: false,
                field: 'startedOn',
                said: '还没有公开采购意向，不能开始采购。',
                remedy: '请先登记采购意向公开的日期和网址。',
              })
            : checkIntention(table, { publishedOn: start.intentionOn, startOn: start.startedOn }),
        ]
      : []),
    ...(start.method === 'single-source' ? publicityFindings(table, calendar, region, start) : []),
    ...(noticeTerms[start.method] !== undefined && start.noticeOn === null
      ? [
          judged({
            rule: 'PRO-R06',
            norm: 'A11-2',
            citation: law.notice.citation,
            rows: [],
            ok: false,
            field: 'noticeOn',
            said: `“${methodLabels[start.method]}”须登记公告或者发出采购文件的日期。`,
            remedy: '请填写公告日期。',
          }),
        ]
      : []),
  ]
}

function publicityFindings(
  table: StandardTable,
  calendar: WorkCalendar,
  region: string,
  { publicityFrom, publicityUntil, amountFen, startedOn }: Starting,
): Finding[] {
  const open = figureFor(table, 'procurement.open-tender', 'amount')
  if (amountFen < open.value.amountFen) return []
  const row = figureFor(table, 'procurement.single-source', 'term')
  const earliest = publicityFrom === null ? null : termEnd(row.value, publicityFrom, calendar, region)
  const ok = earliest !== null && publicityUntil !== null && publicityUntil >= earliest && startedOn > publicityUntil
  return [
    judged({
      rule: 'PRO-R13',
      norm: 'A11-2',
      citation: law.publicity.citation,
      rows: [row, open],
      ok,
      field: 'publicityUntil',
      said:
        earliest === null
          ? `达到公开招标数额的单一来源采购须公示不少于${row.value.amount}个工作日，没有登记公示。`
          : `单一来源公示自${publicityFrom}起，最早${earliest}届满，登记的截止日为${publicityUntil ?? '空'}，拟于${startedOn}开始采购。`,
      remedy: earliest === null ? '请登记公示的起止日期。' : `请公示至${earliest}或以后，次日起开始采购。`,
    }),
  ]
}

export type Awarding = Readonly<{
  method: Method
  noticeOn: LocalDate | null
  openedOn: LocalDate
  awardedOn: LocalDate
  bidders: readonly Bidder[]
  /** Place of the winner among the bidders. */
  winner: number
  amountFen: number
  /** What finance and plan hold for it, 分. */
  committedFen: number
}>

/** PRO-R06, PRO-R07 and what follows from the method: days, number of suppliers, who may win at which price. */
export function checkAward(table: StandardTable, calendar: WorkCalendar, region: string, award: Awarding): Finding[] {
  const { method, bidders, winner, amountFen, committedFen } = award
  const won = bidders[winner]
  const valid = bidders.filter((bidder) => bidder.valid)
  const least = figureFor(table, 'procurement.suppliers', 'quantity')
  const names = new Set(bidders.map(({ creditCode }) => creditCode))
  const lowest = Math.min(...valid.map(({ priceFen }) => priceFen))
  return [
    ...noticeFindings(table, calendar, region, award),
    judged({
      rule: 'PRO-R07',
      norm: 'A11-2',
      citation: law.suppliers.citation,
      rows: competing.includes(method) ? [least] : [],
      ok: names.size === bidders.length && (!competing.includes(method) || valid.length >= least.value.amount),
      field: 'bidders',
      said:
        names.size < bidders.length
          ? '同一供应商登记了两次。'
          : competing.includes(method)
            ? `有效响应的供应商${valid.length}家，至少${least.value.amount}家。`
            : `有效响应的供应商${valid.length}家。`,
      remedy:
        names.size < bidders.length
          ? '请核对统一社会信用代码。'
          : '请重新组织采购；确需变更方式的，终止本次采购后重新申请并报批。',
    }),
    judged({
      rule: 'PRO-AWARD',
      norm: 'A11-2',
      citation: law.suppliers.citation,
      rows: [],
      ok: won !== undefined && won.valid && amountFen <= won.priceFen,
      field: 'winner',
      said:
        won === undefined
          ? '没有选定中标、成交供应商。'
          : !won.valid
            ? `“${won.name}”的响应无效，不能中标、成交。`
            : `“${won.name}”报价${formatYuan(won.priceFen)}元，中标、成交金额${formatYuan(amountFen)}元。`,
      remedy: '中标、成交供应商应为有效响应者，金额不得高于其报价。',
    }),
    judged({
      rule: 'PRO-AWARD',
      norm: 'A34-2',
      citation: law.withinPlan.citation,
      rows: [],
      ok: amountFen <= committedFen,
      field: 'amountFen',
      said: `中标、成交金额${formatYuan(amountFen)}元，采购预算${formatYuan(committedFen)}元。`,
      remedy: '超过采购预算的不能成交；请重新组织采购，或者先办理计划调整。',
    }),
    ...(method === 'inquiry' && won !== undefined
      ? [
          judged({
            rule: 'PRO-INQUIRY',
            norm: 'A11-2',
            citation: law.lowestPrice.citation,
            rows: [],
            ok: won.priceFen <= lowest,
            field: 'winner',
            said: `询价按最低报价成交：最低${formatYuan(lowest)}元，选定${formatYuan(won.priceFen)}元。`,
            remedy: '请选定报价最低的有效供应商。',
          }),
        ]
      : []),
  ]
}

/** PRO-R06: from the notice to the opening. */
function noticeFindings(
  table: StandardTable,
  calendar: WorkCalendar,
  region: string,
  { method, noticeOn, openedOn, awardedOn }: Awarding,
): Finding[] {
  const code = noticeTerms[method]
  const order = judged({
    rule: 'PRO-R06',
    norm: 'A11-2',
    citation: law.notice.citation,
    rows: [],
    ok: awardedOn >= openedOn,
    field: 'awardedOn',
    said: `开标、响应日期${openedOn}，确定结果日期${awardedOn}。`,
    remedy: '确定结果的日期不能早于开标、响应日期。',
  })
  if (code === undefined || noticeOn === null) return [order]
  const row = figureFor(table, code, 'term')
  const earliest =
    row.value.unit === 'day' ? addDays(noticeOn, row.value.amount) : termEnd(row.value, noticeOn, calendar, region)
  return [
    order,
    judged({
      rule: 'PRO-R06',
      norm: 'A11-2',
      citation: row.citation,
      rows: [row],
      ok: openedOn >= earliest,
      field: 'openedOn',
      said: `${noticeOn}公告或者发出文件，最早${earliest}开标、响应，实际${openedOn}。`,
      remedy: `请将开标、响应日期改为${earliest}或以后。`,
    }),
  ]
}
