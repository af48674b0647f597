import { addDays } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { actions } from '#modules/procurement/actions.ts'
import { contract } from '#modules/procurement/contract.ts'
import { as, needed, stageOf } from './cast.ts'

const procurement = { contract, actions }

type Planned = { ledgerLineId: string; itemName: string; unit: string; servedOrganName: string; remainingFen: number }
type View = { purchase: { id: string; version: number } }

/**
 * What the authority provides centrally is bought on one file for several organs (Art. 10, 22): property services, approved and
 * being chosen in the open. The organs see on their plan lines how far it is.
 */
export async function boughtCentrally(act: Act, code: string, year: number): Promise<string> {
  const stage = await stageOf(act, code)
  const { authority } = stage
  const ago = (days: number) => addDays(act.today, -days)
  if (ago(20) < `${year}-02-01`) return '年初尚无集中采购'
  const clerk = await needed(stage, authority, 'organ-clerk')
  const head = await needed(stage, authority, 'organ-head')
  const { items } = await as(procurement, 'plannedItems', stage, { actor: clerk, at: ago(20) }, { year })
  const lines = (items as Planned[])
    .filter(({ itemName, remainingFen }) => itemName === '物业管理费' && remainingFen >= 1_000_000)
    .toSorted((a, b) => Number(b.servedOrganName.includes('教育')) - Number(a.servedOrganName.includes('教育')))
    .slice(0, 4)
  if (lines.length < 2) return '没有需要集中采购的计划行'
  const request = {
    title: '市直机关第四季度物业服务',
    kind: 'services',
    requirement: '办公区保洁、秩序维护、设施设备日常巡检，按物业服务标准和考核办法执行，按季度考核付款。',
    expectedOn: ago(10),
    method: 'consultation',
    methodGround: '后勤服务机构公开择优选定。',
    organisation: 'self',
    reservedFor: 'small',
    items: lines.map(({ ledgerLineId, itemName, unit, remainingFen }) => ({
      ledgerLineId,
      name: itemName,
      unit,
      quantity: 1,
      unitPriceFen: Math.floor(remainingFen / 10_000) * 10_000,
      standardCode: null,
      replaces: 0,
    })),
  }
  const by = (actor: typeof clerk, at: string, name: keyof typeof contract, input: unknown): Promise<View> =>
    as(procurement, name, stage, { actor: { ...actor, steppedUp: true }, at }, input)
  const step = ({ purchase }: View) => ({ purchaseId: purchase.id, version: purchase.version })
  let view = await by(clerk, ago(20), 'draftPurchase', request)
  view = await by(clerk, ago(19), 'submitPurchase', step(view))
  view = await by(head, ago(17), 'approvePurchase', { ...step(view), opinion: '同意，统一采购，公开择优。' })
  await by(clerk, ago(9), 'startPurchase', {
    ...step(view),
    projectNumber: `SJFW-${ago(9).slice(0, 4)}-1137`,
    startedOn: ago(9),
    noticeOn: ago(8),
  })
  return `${lines.length}个机关的物业服务`
}
