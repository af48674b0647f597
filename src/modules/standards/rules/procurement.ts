import type { Level } from '#kernel/pure/actor.ts'
import { addDays, type LocalDate } from '#kernel/pure/local-date.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import type { Standard } from '../model.ts'
import { exceeds, floorOf, minus, over, percentOf, textOf, times } from './exact.ts'
import { judged } from './finding.ts'
import { figureFor, type StandardTable } from './in-force.ts'
import { yuan } from './value-text.ts'

/** How a purchase is organised. */
export const purchaseClassLabels = {
  centralised: '集中采购（集中采购机构、电子卖场或者框架协议）',
  dispersed: '分散采购（适用政府采购法）',
  internal: '按单位内部采购制度办理',
  tendering: '依法招标（适用招标投标法）',
} as const
export type PurchaseClass = keyof typeof purchaseClassLabels

export type Purchase = Readonly<{
  level: Level
  kind: 'goods' | 'services' | 'works'
  /** Catalogue name of the item, e.g. 家具用具; null where it has none. */
  catalogueItem: string | null
  amountFen: number
  /** Parts of works that have a tender line of their own. */
  worksPart?: 'construction' | 'materials' | 'survey'
}>

/** True when the item stands in the central purchasing catalogue (PRO-R02). */
export function inCatalogue(table: StandardTable, item: string | null): boolean {
  if (item === null) return false
  return ['procurement.catalogue-goods', 'procurement.catalogue-services'].some((code) =>
    figureFor(table, code, 'texts').value.texts.some((line) => line.split('（')[0] === item),
  )
}

const tenderCodes = {
  construction: 'project.tender-works',
  materials: 'project.tender-goods',
  survey: 'project.tender-survey',
} as const

/** PRO-R02, PRO-R03: class of a purchase and whether it must be tendered openly. */
export function purchaseMethod(
  table: StandardTable,
  purchase: Purchase,
): { class: PurchaseClass; openTender: boolean; finding: Finding } {
  const open = figureFor(table, 'procurement.open-tender', 'amount')
  const works = purchase.kind === 'works'
  const limit = works
    ? figureFor(table, 'procurement.limit-works', 'amount')
    : figureFor(table, 'procurement.limit', 'amount', { level: purchase.level })
  const tender = figureFor(table, tenderCodes[purchase.worksPart ?? 'construction'], 'amount')
  const listed = inCatalogue(table, purchase.catalogueItem)
  const decided: { class: PurchaseClass; rows: Standard[]; because: string } =
    works && purchase.amountFen >= tender.value.amountFen
      ? { class: 'tendering', rows: [tender], because: `达到必须招标限额${yuan(tender.value.amountFen)}` }
      : listed
        ? {
            class: 'centralised',
            rows: [figureFor(table, `procurement.catalogue-${works ? 'goods' : purchase.kind}`, 'texts')],
            because: `${purchase.catalogueItem}列入集中采购目录`,
          }
        : purchase.amountFen >= limit.value.amountFen
          ? { class: 'dispersed', rows: [limit], because: `达到采购限额${yuan(limit.value.amountFen)}` }
          : { class: 'internal', rows: [limit], because: `未列入目录且低于采购限额${yuan(limit.value.amountFen)}` }
  const openTender = !works && decided.class !== 'internal' && purchase.amountFen >= open.value.amountFen
  return {
    class: decided.class,
    openTender,
    finding: judged({
      rule: 'PRO-R02',
      norm: 'A11-2',
      rows: openTender ? [...decided.rows, open] : decided.rows,
      ok: true,
      said: `${yuan(purchase.amountFen)}，${decided.because}：${purchaseClassLabels[decided.class]}${openTender ? '，应当公开招标' : ''}。`,
      facts: { '金额（分）': purchase.amountFen, 列入目录: listed, 公开招标: openTender },
    }),
  }
}

/** PRO-R04: the same item bought in a year without a tender, in parts that together pass the open-tender figure. */
export function checkSplitting(table: StandardTable, amountsFen: readonly number[]): Finding {
  const open = figureFor(table, 'procurement.open-tender', 'amount')
  const sum = amountsFen.reduce((total, fen) => total + fen, 0)
  const ok = sum <= open.value.amountFen
  return judged({
    rule: 'PRO-R04',
    norm: 'A11-2',
    citation: '《中华人民共和国政府采购法实施条例》（国务院令第658号）第二十八条',
    rows: [open],
    ok,
    said: `同一预算年度同类项目${amountsFen.length}次采购合计${yuan(sum)}，${ok ? '未超过' : '超过'}公开招标数额${yuan(open.value.amountFen)}${ok ? '' : '，属于化整为零'}。`,
    remedy: '请合并为一个项目公开招标。',
    steps: [{ label: '合计', expression: amountsFen.map(yuan).join(' + '), result: yuan(sum) }],
  })
}

/** EQ-14: the same bought in parts, each below the limit of the procurement law and together above it: said, not forbidden. */
export function checkBelowLimit(
  table: StandardTable,
  { level, kind, amountsFen }: Readonly<{ level: Level; kind: Purchase['kind']; amountsFen: readonly number[] }>,
): Finding | null {
  const limit =
    kind === 'works'
      ? figureFor(table, 'procurement.limit-works', 'amount')
      : figureFor(table, 'procurement.limit', 'amount', { level })
  const sum = amountsFen.reduce((total, fen) => total + fen, 0)
  if (amountsFen.length < 2 || amountsFen.some((fen) => fen >= limit.value.amountFen) || sum < limit.value.amountFen)
    return null
  return judged({
    rule: 'EQ-14',
    norm: 'A11-2',
    citation: '《机关事务管理条例》（国务院令第621号）第十五条',
    rows: [limit],
    ok: false,
    otherwise: 'warn',
    said: `同一预算年度同类项目${amountsFen.length}次采购，每次都低于采购限额${yuan(limit.value.amountFen)}，合计${yuan(sum)}，有拆分采购、规避政府采购之嫌。`,
    remedy: '请合并为一个项目，按政府采购办理；确属事前不能预见的，由单位负责人审批时决定。',
    steps: [{ label: '合计', expression: amountsFen.map(yuan).join(' + '), result: yuan(sum) }],
  })
}

/** PRO-R05: a purchase starts so many days after its intention was made public. */
export function checkIntention(
  table: StandardTable,
  { publishedOn, startOn }: Readonly<{ publishedOn: LocalDate; startOn: LocalDate }>,
): Finding {
  const row = figureFor(table, 'procurement.intention', 'term')
  const earliest = addDays(publishedOn, row.value.amount)
  return judged({
    rule: 'PRO-R05',
    norm: 'A37-1',
    rows: [row],
    ok: startOn >= earliest,
    field: 'startOn',
    said: `采购意向于${publishedOn}公开，${earliest}起方可开始采购，拟于${startOn}开始。`,
    remedy: `请将开始日期改为${earliest}或以后。`,
    steps: [{ label: '最早开始日', expression: `${publishedOn} + ${row.value.amount}天`, result: earliest }],
  })
}

/** PRO-R11: supplements to a contract in all. */
export function checkSupplement(
  table: StandardTable,
  {
    contractFen,
    earlierFen,
    supplementFen,
  }: Readonly<{ contractFen: number; earlierFen: number; supplementFen: number }>,
): Finding {
  const row = figureFor(table, 'procurement.supplement', 'percent')
  const cap = percentOf(row.value.percent, contractFen)
  const sum = earlierFen + supplementFen
  const ok = !exceeds(sum, cap)
  const room = Math.max(0, floorOf(minus(cap, earlierFen)))
  const share = `${textOf(over(times(sum, 100), contractFen), 1)}%`
  return judged({
    rule: 'PRO-R11',
    norm: 'A11-2',
    rows: [row],
    ok,
    field: 'supplementFen',
    said: `补充合同累计${yuan(sum)}，为原合同的${share}${ok ? '' : `，超过${row.value.percent}%，本次最多${yuan(room)}`}。`,
    remedy: `请将本次补充金额减至${yuan(room)}，或者重新采购。`,
    facts: { '原合同（分）': contractFen, '已补充（分）': earlierFen, '本次（分）': supplementFen },
    steps: [{ label: '补充比例', expression: `${yuan(sum)} ÷ ${yuan(contractFen)}`, result: share }],
  })
}

/** PRO-R12: years of a service contract. */
export function checkServiceYears(table: StandardTable, years: number): Finding {
  const row = figureFor(table, 'procurement.service-contract', 'term')
  return judged({
    rule: 'PRO-R12',
    norm: 'A13-1',
    rows: [row],
    ok: years <= row.value.amount,
    field: 'years',
    said: `服务合同${years}年，最长${row.value.amount}年。`,
    remedy: `请将合同期限缩短到${row.value.amount}年以内。`,
  })
}

/** PRO-R17: share of the year that is reserved for small and medium enterprises. */
export function checkSmallShare(
  table: StandardTable,
  { totalFen, reservedFen, microFen }: Readonly<{ totalFen: number; reservedFen: number; microFen: number }>,
): Finding {
  const share = figureFor(table, 'procurement.small-share', 'percent')
  const micro = figureFor(table, 'procurement.micro-share', 'percent')
  const enough = !exceeds(percentOf(share.value.percent, totalFen), reservedFen)
  const enoughMicro = !exceeds(percentOf(micro.value.percent, reservedFen), microFen)
  return judged({
    rule: 'PRO-R17',
    norm: 'A11-2',
    rows: [share, micro],
    ok: enough && enoughMicro,
    otherwise: 'warn',
    said: `为中小企业预留${yuan(reservedFen)}（其中小微企业${yuan(microFen)}），${enough ? (enoughMicro ? '达到要求' : `小微企业不足${micro.value.percent}%`) : `不足采购预算的${share.value.percent}%`}。`,
    remedy: '请调整预留项目，或者说明理由。',
  })
}
