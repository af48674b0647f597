import { addDays, localDateOf } from '#kernel/pure/local-date.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { actions as assetActions } from '#modules/assets/actions.ts'
import { contract as assetContract } from '#modules/assets/contract.ts'
import type { CardFacts } from '#modules/assets/model.ts'
import { registerCards } from '#modules/assets/offers.ts'
import type { OrganRow } from '#modules/organs/offers.ts'
import { actions } from '#modules/warehouse/actions.ts'
import { contract } from '#modules/warehouse/contract.ts'
import { bookEntry } from './book-entry.ts'
import { as, needed, stageOf, type Stage } from './cast.ts'
import { pictureOf } from './pictures.ts'
import { allotter, lender } from './warehouse-requests.ts'
import { fraction } from './wishes.ts'

const warehouse = { contract, actions }
const assets = { contract: assetContract, actions: assetActions }

/** Class, thing, model, price in 元, how many cards, pieces on a card. */
export type Line = readonly [string, string, string, number, number, number]

/** What a task force and a leading group left when they were dissolved. */
const taskForce: readonly Line[] = [
  ['A02010105', '台式计算机', '联想启天 M455', 4_690, 6, 1],
  ['A02010108', '便携式计算机', '华为 MateBook B5', 6_680, 3, 1],
  ['A02021003', 'A4黑白打印机', '奔图 P3370DN', 1_150, 2, 1],
  ['A02020100', '复印机', '京瓷 TASKalfa 4012i', 28_600, 1, 1],
  ['A02020200', '投影仪', '索尼 VPL-EX575', 6_900, 2, 1],
  ['A02091001', '普通电视设备', '海信 65E3F', 4_280, 1, 1],
  ['A05010201', '办公桌', '1.4米钢木', 1_350, 3, 1],
  ['A05010301', '办公椅', '网布职员椅', 420, 1, 12],
  ['A05010502', '文件柜', '五节钢制', 760, 1, 1],
]
const leadingGroup: readonly Line[] = [
  ['A02010105', '台式计算机', '清华同方超越 E500', 4_560, 2, 1],
  ['A02021118', '扫描仪', '紫光 Q2230', 3_100, 1, 1],
  ['A05010201', '办公桌', '1.6米实木贴面', 2_200, 1, 1],
]

/**
 * The public warehouse of a level, made by the acts of its people: two dissolved bodies' things taken in, one intake to be
 * reviewed and one called for; things lent, late, given back, allotted, in repair, reserved.
 */
export async function publicWarehouse(act: Act, code: string): Promise<string> {
  const stage = await stageOf(act, code)
  const { authority, finance } = stage
  const ago = (days: number) => addDays(act.today, -days)
  const manager = await needed(stage, authority, 'asset-reviewer')
  const [physical, virtual] = [
    await as(
      warehouse,
      'addStore',
      stage,
      { actor: manager, at: ago(170) },
      { name: '市直机关公物仓', kind: 'physical', address: '府西街69号院附楼一层' },
    ),
    await as(
      warehouse,
      'addStore',
      stage,
      { actor: manager, at: ago(170) },
      { name: '市直机关虚拟公物仓', kind: 'virtual' },
    ),
  ]
  const education = found(
    stage.organs.find(({ name }) => name.includes('教育')),
    '教育局',
  )
  const body = { name: '市创建全国文明城市工作专班', endedOn: ago(150) }
  const items = await takenIn(
    stage,
    authority,
    taskForce,
    body,
    { at: ago(140), storeId: physical.id, place: '一区' },
    manager,
  )
  const group = { name: '市主题教育领导小组办公室', endedOn: ago(60) }
  const own = await takenIn(
    stage,
    education,
    leadingGroup,
    group,
    { at: ago(45), storeId: virtual.id, place: '' },
    manager,
  )
  await repairs(stage, manager, items)
  const others = stage.organs.filter(({ parts, name }) => parts.length === 0 && !name.includes('教育'))
  const [first, second, third] = others as [OrganRow, OrganRow, OrganRow]
  const financier = await needed(stage, finance, 'finance-reviewer')
  const lend = lender(stage, manager)
  const shelf = items.filter(({ ready }) => ready)
  /** The next things of that name, each given out once. */
  const take = (name: string, count: number) =>
    shelf
      .filter((one) => one.name === name)
      .slice(0, count)
      .map((one) => shelf.splice(shelf.indexOf(one), 1)[0] as Thing)
  await lend(first, take('投影仪', 1), { at: ago(95), dueOn: ago(60), reason: '全市安全生产现场会', backOn: ago(72) })
  await lend(second, take('便携式计算机', 1), { at: ago(70), dueOn: ago(5), reason: '人口抽样调查外勤录入' })
  await lend(education, take('投影仪', 1), { at: ago(20), dueOn: addDays(act.today, 40), reason: '教师资格认定现场会' })
  await lend(third, take('便携式计算机', 1), {
    at: ago(1),
    dueOn: addDays(act.today, 120),
    reason: '巡察组驻点办公',
    until: 'applied',
  })
  const allot = allotter(stage, manager, financier)
  await allot(first, take('台式计算机', 2), { at: act.today, reason: '新录用人员配备', until: 'done' })
  await allot(second, take('办公桌', 2), { at: ago(2), reason: '内设机构调整补充', until: 'consenting' })
  const keeper = await needed(stage, education, 'asset-keeper', 'organ-clerk')
  for (const { id, version } of take('台式计算机', 1))
    await as(
      warehouse,
      'reserveItem',
      stage,
      { actor: keeper, at: ago(1) },
      { itemId: id, version, reason: '招生考试中心增设机位' },
    )
  const waiting = await intakesWaiting(stage, education, keeper, manager)
  return `${items.length + own.length}件在仓，${waiting}份入仓申请待办`
}

type Thing = { id: string; version: number; name: string; ready: boolean; grade: string; state: string }

/** Things of a body that has ended: entered in the books of the organ that led it, handed in, appraised, signed for. */
async function takenIn(
  stage: Stage,
  organ: OrganRow,
  lines: readonly Line[],
  body: { name: string; endedOn: string },
  where: { at: string; storeId: string; place: string },
  manager: Actor,
): Promise<Thing[]> {
  const { act } = stage
  const keeper = await needed(stage, organ, 'asset-keeper', 'organ-clerk')
  const facts = lines.flatMap((line) => factsOf(organ, line, addDays(body.endedOn, -500)))
  const now = new Date(`${body.endedOn}T10:00:00+08:00`)
  const entering: Act = { ...act, actor: keeper, now, today: localDateOf(now) }
  const cardIds = await registerCards(entering, facts, null)
  await record(entering, 'assets.import-applied', {
    subject: { kind: 'assets.book', id: organ.id },
    organId: organ.id,
    after: { cards: cardIds.length },
  })
  const applied = await as(
    warehouse,
    'applyIntake',
    stage,
    { actor: keeper, at: addDays(where.at, -4) },
    {
      cardIds,
      trigger: 'G3',
      triggeredOn: body.endedOn,
      bodyName: body.name,
      reason: `${body.name}撤销，办公设备和家具全部移交`,
      declaredFree: true,
    },
  )
  const intakeId: string = applied.intake.id
  const approved = await as(
    warehouse,
    'approveIntake',
    stage,
    { actor: manager, at: addDays(where.at, -2) },
    { intakeId, version: applied.intake.version, opinion: '同意接收，请备齐照片。' },
  )
  for (const [at, { id, name, classCode, costFen, quantity }] of (applied.items as Applied[]).entries()) {
    const file = await pictureOf(classCode, name)
    const { item } = await as(
      warehouse,
      'attachPhoto',
      stage,
      { actor: keeper, at: addDays(where.at, -1) },
      { itemId: id, file },
    )
    const replacementFen = Math.round(costFen / quantity / 10_000) * 10_000
    const share = repairShare(name, at)
    await as(
      warehouse,
      'appraiseItem',
      stage,
      { actor: manager, at: where.at },
      {
        itemId: id,
        version: item.version,
        repairFen: Math.round((replacementFen * share) / 10_000) * 100,
        replacementFen: Math.max(10_000, replacementFen),
        transportFen: where.place === '' ? 0 : 2_000,
        note:
          share === 0
            ? '外观完好，功能正常'
            : share > 60
              ? '主板损坏'
              : share > 30
                ? '成像组件需整体更换'
                : '需更换配件',
        storeId: where.storeId,
        place: where.place === '' ? '' : `${where.place}${String.fromCharCode(65 + (at % 6))}架${1 + (at % 4)}层`,
      },
    )
  }
  const received = await as(
    warehouse,
    'receiveIntake',
    stage,
    { actor: manager, at: where.at },
    { intakeId, version: approved.intake.version, handedByName: keeper.name, receiverName: manager.name },
  )
  return (received.items as (Thing & Applied)[]).map(({ id, version, name, grade, state }) => ({
    id,
    version,
    name,
    grade,
    state,
    ready: state === 'available',
  }))
}

type Applied = { id: string; name: string; classCode: string; costFen: number; quantity: number }

/** Percent of the replacement price that repair costs: most things are ready, one printer and the copier need more. */
function repairShare(name: string, at: number): number {
  if (name === '复印机') return 46
  if (name === 'A4黑白打印机') return at % 2 === 0 ? 64 : 18
  return fraction(`${name} ${at} repair`) < 0.2 ? 12 : 0
}

/** Cards that a line stands for, as an organ would enter them. */
export function factsOf(
  organ: OrganRow,
  [classCode, name, model, price, count, quantity]: Line,
  since: string,
): CardFacts[] {
  return Array.from({ length: count }, (_, at) => {
    const acquiredOn = addDays(since, -Math.floor(fraction(`${organ.name} ${classCode} ${at} left`) * 500))
    return bookEntry(organ, {
      classCode,
      name,
      model,
      quantity,
      costFen: price * quantity * 100,
      acquiredOn,
      bookedOn: addDays(acquiredOn, 6),
      state: 'idle',
      department: '综合科',
      place: '附楼201',
      supplier: '政府采购网上超市',
    })
  })
}

/** One light repair is done; the copier waits for the leader's approval. */
async function repairs(stage: Stage, manager: Actor, items: readonly Thing[]): Promise<void> {
  const light = items.find(({ name, grade, ready }) => name === 'A4黑白打印机' && grade === 'B' && ready)
  if (!light) return
  const at = addDays(stage.act.today, -120)
  await as(
    warehouse,
    'finishRepair',
    stage,
    { actor: manager, at },
    { itemId: light.id, version: light.version, spentFen: 18_000, repairedOn: at, usable: true, note: '更换定影组件' },
  )
}

/** One application waits for review, one call of the authority for the organ. */
async function intakesWaiting(stage: Stage, organ: OrganRow, keeper: Actor, manager: Actor): Promise<number> {
  const { today } = stage.act
  const idle = await freeCards(stage, keeper, 'idle', 3)
  if (idle.length > 0)
    await as(
      warehouse,
      'applyIntake',
      stage,
      { actor: keeper, at: addDays(today, -3) },
      {
        cardIds: idle,
        trigger: 'G1',
        triggeredOn: addDays(today, -8),
        reason: '办公用房调整后闲置满半年',
        declaredFree: true,
      },
    )
  const over = await freeCards(stage, keeper, 'in-use', 2)
  if (over.length > 0)
    await as(
      warehouse,
      'callIntake',
      stage,
      { actor: manager, at: addDays(today, -5) },
      { cardIds: over, trigger: 'G2', triggeredOn: addDays(today, -5), reason: `${organ.name}台式计算机超出配置标准` },
    )
  return Number(idle.length > 0) + Number(over.length > 0)
}

/** Cards of the organ that no procedure holds, the newest first. */
async function freeCards(stage: Stage, keeper: Actor, state: 'idle' | 'in-use', count: number): Promise<string[]> {
  const at = stage.act.today
  const listed = await as(
    assets,
    'cards',
    stage,
    { actor: keeper, at },
    { state, organId: keeper.organ?.id, ...(state === 'in-use' ? { classPrefix: 'A02010105' } : {}), limit: 40 },
  )
  const free: string[] = []
  for (const { id } of listed.items as { id: string }[]) {
    if (free.length === count) break
    const { engagement } = await as(assets, 'viewCard', stage, { actor: keeper, at }, { cardId: id })
    if (engagement === null) free.push(id)
  }
  return free
}
