import type { Actor } from '#kernel/pure/actor.ts'
import { actsAs, holdsAny } from '#kernel/pure/actor.ts'
import type { Ctx } from '#kernel/server/context.ts'
import { ledgerTotals } from '#modules/ledger/offers.ts'
import { wan } from '../documents/wording.ts'
import { cycleCounts, cyclesPage, moneyByKind, type CycleRow } from '../store/cycle.ts'
import { noticesPage } from '../store/notice.ts'
import { adjustmentCounts } from '../store/overview.ts'

type Item = {
  title: string
  detail: string
  link: string
  urgency: 'overdue' | 'due' | 'new' | 'info'
  dueOn: string | null
}
type Figure = { label: string; value: string; link: string }

/** What the plan cycle asks of the person beyond the inbox, and this year's figures of the organ or the level. */
export async function homeSummary(ctx: Ctx): Promise<{ items: Item[]; figures: Figure[] }> {
  const { organ } = ctx.actor
  if (organ === null) return { items: [], figures: [] }
  const cycles = await cyclesPage(ctx.tx, organ.jurisdictionCode, undefined, undefined, 3)
  const items = [...(await noticesToAcknowledge(ctx, organ.id)), ...(await cycleItems(ctx, cycles))]
  return { items, figures: await figures(ctx, cycles) }
}

async function noticesToAcknowledge({ tx, actor, today }: Ctx, organId: string): Promise<Item[]> {
  if (!holdsAny(actor, ['organ-clerk', 'organ-head', 'plan-reviewer'])) return []
  const rows = await noticesPage(tx, { jurisdictionCode: actor.organ?.jurisdictionCode ?? '', organId }, undefined, 20)
  return rows
    .filter(({ acknowledgedAt }) => acknowledgedAt === null)
    .map(({ id, number, lineCount, dueOn }) => ({
      title: '签收书面通知',
      detail: `${number}，${lineCount}项由本机关自行制定计划`,
      link: `/plans/notices/${id}`,
      urgency: dueOn < today ? 'overdue' : 'new',
      dueOn,
    }))
}

/** For the authority: what is late and what can be reviewed, by cycle. */
async function cycleItems({ tx, actor, today }: Ctx, cycles: readonly CycleRow[]): Promise<Item[]> {
  if (!isReviewer(actor)) return []
  const items: Item[] = []
  for (const cycle of cycles.filter(({ state }) => state === 'open')) {
    const counts = await cycleCounts(tx, cycle.id, today)
    const link = `/plans/cycles/${cycle.id}`
    if (counts.overdue > 0)
      items.push({
        title: `${cycle.year}年度逾期未报`,
        detail: `${counts.overdue}个机关未在${cycle.demandClosesOn}前提交需求申请`,
        link: `${link}?state=missing`,
        urgency: 'overdue',
        dueOn: cycle.demandClosesOn,
      })
    if (counts.submitted > 0)
      items.push({
        title: `审核${cycle.year}年度需求`,
        detail: `${counts.submitted}个机关的申请待审核`,
        link: `/plans/reviews/${cycle.id}`,
        urgency: cycle.reviewUntil < today ? 'overdue' : 'due',
        dueOn: cycle.reviewUntil,
      })
  }
  return items
}

async function figures({ tx, actor, today }: Ctx, cycles: readonly CycleRow[]): Promise<Figure[]> {
  const { organ } = actor
  if (
    organ === null ||
    !holdsAny(actor, ['organ-clerk', 'organ-head', 'plan-reviewer', 'authority-leader', 'finance-reviewer'])
  )
    return []
  const year = Number(today.slice(0, 4))
  const level = actsAs(actor, 'authority', organ.jurisdictionCode) || actsAs(actor, 'finance', organ.jurisdictionCode)
  const own = { jurisdictionCode: organ.jurisdictionCode, year, ...(level ? {} : { organId: organ.id }) }
  const { plannedFen, committedFen, executedFen } = await ledgerTotals(tx, own)
  const adjustments = await adjustmentCounts(tx, organ.jurisdictionCode, year, level ? undefined : organ.id)
  const open = cycles.find(({ state }) => state === 'open')
  const money = level && open ? await moneyByKind(tx, open.id) : []
  return [
    { label: `${year}年度计划（万元）`, value: wan(plannedFen), link: `/ledger/lines?year=${year}` },
    { label: '已支出（万元）', value: wan(executedFen), link: `/ledger/lines?year=${year}` },
    {
      label: '可用余额（万元）',
      value: wan(plannedFen - committedFen - executedFen),
      link: `/ledger/lines?year=${year}`,
    },
    ...(adjustments.open > 0
      ? [{ label: '未办结调整备案', value: String(adjustments.open), link: '/plans/adjustments' }]
      : []),
    ...(open && level
      ? [
          {
            label: `${open.year}年度申报（万元）`,
            value: wan(money.reduce((sum, { askedFen }) => sum + askedFen, 0)),
            link: `/plans/cycles/${open.id}`,
          },
          {
            label: `${open.year}年度核减（万元）`,
            value: wan(money.reduce((sum, { cutFen }) => sum + cutFen, 0)),
            link: `/plans/cycles/${open.id}`,
          },
        ]
      : []),
  ]
}

function isReviewer(actor: Actor): boolean {
  return (
    actor.organ !== null &&
    actsAs(actor, 'authority', actor.organ.jurisdictionCode) &&
    holdsAny(actor, ['plan-reviewer', 'authority-leader'])
  )
}
