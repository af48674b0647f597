import { addDays } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { actions as assetActions } from '#modules/assets/actions.ts'
import { contract as assetContract } from '#modules/assets/contract.ts'
import { actions } from '#modules/consumables/actions.ts'
import { contract } from '#modules/consumables/contract.ts'
import { as, needed, somebody, stageOf, type Stage } from './cast.ts'

const consumables = { contract, actions }
const assets = { contract: assetContract, actions: assetActions }

/** Name, spec, unit, place, minimum; what came in half a year ago and in autumn, with the price of a piece in 元. */
const stock = [
  ['复印纸', 'A4 70g', '包', '一层库房', 30, 120, 22.5, 100, 23.8],
  ['复印纸', 'A3 80g', '包', '一层库房', 5, 20, 46, 10, 47.2],
  ['签字笔', '0.5mm 黑', '支', '一层库房', 50, 300, 1.35, 200, 1.4],
  ['档案盒', '55mm', '个', '档案室', 20, 150, 6.8, 0, 0],
  ['硒鼓', '奔图 TL-5120', '支', '信息室', 3, 10, 268, 6, 259.9],
  ['U 盘', '64GB', '个', '信息室', 5, 15, 39.9, 0, 0],
  ['文件袋', 'A4 牛皮纸', '个', '一层库房', 100, 500, 0.62, 0, 0],
  ['五号电池', '碱性', '节', '一层库房', 20, 96, 2.1, 0, 0],
] as const

type Issued = { issue: { id: string; version: number } }

/** The stock of the education bureau of a level: bought twice, taken by colleagues, one issue to sign, one item running short. */
export async function officeSupplies(act: Act, code: string): Promise<string> {
  const stage = await stageOf(act, code)
  const organ = found(
    stage.organs.find(({ name }) => name.includes('教育')),
    '教育局',
  )
  const keeper = await needed(stage, organ, 'asset-keeper', 'organ-clerk')
  const [spring, autumn] = [addDays(act.today, -190), addDays(act.today, -60)]
  const ids: string[] = []
  for (const [name, spec, unit, place, minimum, first, price, then, later] of stock) {
    const { item } = await as(
      consumables,
      'createItem',
      stage,
      { actor: keeper, at: spring },
      { name, spec, unit, place, minimum },
    )
    ids.push(item.id)
    for (const [at, quantity, yuan, version] of [
      [spring, first, price, 1],
      [autumn, then, later, 2],
    ] as const)
      if (quantity > 0)
        await as(
          consumables,
          'receiveItem',
          stage,
          { actor: keeper, at },
          {
            itemId: item.id,
            version,
            quantity,
            amountFen: Math.round(quantity * yuan * 100),
            receivedOn: at,
            supplier: '政府采购网上超市',
            document: `电子订单 ${at.slice(0, 4)}${at.slice(5, 7)}-${String(ids.length).padStart(2, '0')}`,
          },
        )
  }
  const staff = await somebody(stage, organ, 'staff', 'driver', 'organ-head')
  if (staff?.personId) await takenOut(stage, keeper, staff, ids)
  return `${ids.length}种低值易耗品`
}

async function takenOut(
  stage: Stage,
  keeper: Awaited<ReturnType<typeof needed>>,
  staff: Awaited<ReturnType<typeof needed>>,
  ids: readonly string[],
): Promise<void> {
  const { act } = stage
  const give = (
    ago: number,
    purpose: string,
    place: string,
    lines: readonly (readonly [number, number])[],
  ): Promise<Issued> =>
    as(
      consumables,
      'issueItems',
      stage,
      { actor: keeper, at: addDays(act.today, -ago) },
      {
        toPersonId: staff.personId,
        purpose,
        place,
        lines: lines.map(([at, quantity]) => ({ itemId: ids[at], quantity })),
      },
    )
  const sign = (ago: number, { issue }: Issued): Promise<Issued> =>
    as(
      consumables,
      'acceptIssue',
      stage,
      { actor: staff, at: addDays(act.today, -ago) },
      {
        issueId: issue.id,
        version: issue.version,
      },
    )
  const spring = await sign(
    149,
    await give(150, '春季学校检查资料印制', '主楼305', [
      [0, 60],
      [2, 80],
      [3, 40],
    ]),
  )
  await as(
    consumables,
    'takeBack',
    stage,
    { actor: keeper, at: addDays(act.today, -140) },
    {
      issueId: spring.issue.id,
      version: spring.issue.version,
      lines: [{ itemId: ids[0], quantity: 8 }],
      reason: '印制结束，未用完',
    },
  )
  await sign(
    89,
    await give(90, '日常办公', '业务一科', [
      [0, 45],
      [2, 120],
      [6, 260],
    ]),
  )
  await sign(44, await give(45, '打印机换鼓', '信息中心', [[4, 9]]))
  await sign(
    19,
    await give(20, '年度考核材料', '人事科', [
      [0, 95],
      [3, 60],
      [5, 6],
    ]),
  )
  const { item } = await as(
    consumables,
    'viewItem',
    stage,
    { actor: keeper, at: addDays(act.today, -10) },
    { itemId: ids[7] },
  )
  await as(
    consumables,
    'countItem',
    stage,
    { actor: keeper, at: addDays(act.today, -10) },
    {
      itemId: ids[7],
      version: item.version,
      counted: 92,
      reason: '季度盘点，4节漏液报损',
    },
  )
  await give(1, '会议室遥控器、话筒', '三层会议室', [
    [7, 24],
    [2, 20],
  ])
}

/** What the authority of a level asks cards of a class to say beside the core, filled in for some. */
export async function ownFields(act: Act, code: string): Promise<string> {
  const stage = await stageOf(act, code)
  const reviewer = await needed(stage, stage.authority, 'asset-reviewer')
  const at = { actor: reviewer, at: act.today }
  const memory = await as(assets, 'defineField', stage, at, {
    classPrefix: 'A02010105',
    kind: 'number',
    name: '内存容量',
    unit: 'GB',
    from: act.today,
    reason: '为更新换代摸清配置',
  })
  await as(assets, 'defineField', stage, at, {
    classPrefix: 'A02',
    kind: 'choice',
    name: '节能标识',
    choices: ['一级', '二级', '三级', '无'],
    from: act.today,
    reason: '公共机构节能统计需要',
  })
  const organ = found(
    stage.organs.find(({ name }) => name.includes('教育')),
    '教育局',
  )
  const keeper = await needed(stage, organ, 'asset-keeper', 'organ-clerk')
  const { items } = await as(
    assets,
    'cards',
    stage,
    { actor: keeper, at: act.today },
    { classPrefix: 'A02010105', limit: 20 },
  )
  for (const [from, gigabytes] of [
    [0, 16],
    [8, 8],
  ] as const)
    await as(
      assets,
      'changeCards',
      stage,
      { actor: keeper, at: act.today },
      {
        cardIds: items.slice(from, from + 8).map(({ id }: { id: string }) => id),
        effectiveOn: act.today,
        reason: '补充登记配置',
        custom: { [memory.id]: gigabytes },
      },
    )
  return '2个自定义字段'
}
