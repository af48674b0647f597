import { addDays } from '#kernel/pure/local-date.ts'
import { newId } from '#kernel/server/identifier.ts'
import type { Act } from '#kernel/server/context.ts'
import { actions as assetActions } from '#modules/assets/actions.ts'
import { contract as assetContract } from '#modules/assets/contract.ts'
import type { OrganRow } from '#modules/organs/offers.ts'
import { actions } from '#modules/stocktaking/actions.ts'
import { contract } from '#modules/stocktaking/contract.ts'
import type { Difference, Item } from '#modules/stocktaking/model.ts'
import { as, needed, somebody, stageOf, type Stage } from './cast.ts'
import { fraction } from './wishes.ts'

const stocktaking = { contract, actions }
const assets = { contract: assetContract, actions: assetActions }

/** One organ has counted everything and is done; another round, of one floor, is under way. */
export async function stocktakings(act: Act, code: string): Promise<string> {
  const stage = await stageOf(act, code)
  const organ = stage.organs.find(({ name }) => name.includes('教育'))
  if (!organ) return '没有盘点'
  const finished = await wholeCount(stage, organ)
  const open = await floorCount(stage, organ)
  return `${finished ? '办结1次' : ''}${open ? '，进行中1次' : ''}`
}

type People = { keeper: Awaited<ReturnType<typeof needed>>; counter: Awaited<ReturnType<typeof needed>> }

async function peopleOf(stage: Stage, organ: OrganRow): Promise<People> {
  const keeper = await needed(stage, organ, 'asset-keeper', 'organ-clerk')
  return { keeper, counter: (await somebody(stage, organ, 'staff', 'driver')) ?? keeper }
}

async function opened(
  stage: Stage,
  organ: OrganRow,
  on: string,
  what: { title: string; places: string[]; note: string },
) {
  const { keeper, counter } = await peopleOf(stage, organ)
  const { count } = await as(
    stocktaking,
    'openCount',
    stage,
    { actor: keeper, at: on },
    {
      title: what.title,
      baseOn: on,
      scope: { places: what.places },
      team: [...new Set([keeper.personId, counter.personId])],
      note: what.note,
    },
  )
  return { count: count as { id: string; version: number }, keeper, counter }
}

async function itemsOf(stage: Stage, actor: People['keeper'], on: string, countId: string): Promise<Item[]> {
  const items: Item[] = []
  for (let after: string | undefined; ;) {
    const page = await as(
      stocktaking,
      'items',
      stage,
      { actor, at: on },
      { countId, limit: 200, ...(after ? { after } : {}) },
    )
    items.push(...page.items)
    if (page.next === null) return items
    after = page.next
  }
}

/** What a counter finds: nearly everything as booked, one or another elsewhere, unused, worn out or nowhere. */
function foundOf(item: Item, at: number) {
  const place = `${item.place.slice(0, -2)}${String(1 + ((Number(item.place.slice(-2)) || 1) % 14)).padStart(2, '0')}`
  if (at % 61 === 7) return { result: 'mismatch', found: { place }, remark: '办公室调整时搬动' }
  if (at % 97 === 11) return { result: 'damaged', remark: '无法开机，维修不经济' }
  if (at % 83 === 17 && item.bookState === 'in-use') return { result: 'idle', remark: '人员调离后未再使用' }
  if (at === 29) return { result: 'missing', remark: '现场查找两次未找到' }
  return { result: 'same' }
}

async function isFree(stage: Stage, actor: People['keeper'], at: string, cardId: string): Promise<boolean> {
  return (await as(assets, 'viewCard', stage, { actor, at }, { cardId })).engagement === null
}

async function send(
  stage: Stage,
  who: { actor: People['keeper']; at: string },
  countId: string,
  marks: object[],
): Promise<void> {
  const countedAt = new Date(`${who.at}T08:30:00+08:00`).toISOString()
  for (let from = 0; from < marks.length; from += 200)
    await as(stocktaking, 'recordMarks', stage, who, {
      countId,
      marks: marks.slice(from, from + 200).map((mark) => ({ id: newId(), countedAt, ...mark })),
    })
}

/** The yearly count, from the frozen book to the report (A12-4). */
async function wholeCount(stage: Stage, organ: OrganRow): Promise<boolean> {
  const began = addDays(stage.act.today, -26)
  if (began < `${stage.act.today.slice(0, 4)}-01-20`) return false
  const { count, keeper, counter } = await opened(stage, organ, began, {
    title: `${began.slice(0, 4)}年度资产盘点`,
    places: [],
    note: '按年度资产管理工作安排，对全部固定资产进行盘点。',
  })
  const counted = addDays(began, 3)
  const items = await itemsOf(stage, keeper, counted, count.id)
  const half = Math.ceil(items.length / 2)
  const marks: { cardId: string; result: string }[] = []
  for (const [at, item] of items.entries()) {
    const found = foundOf(item, at)
    // What is being handed over, repaired or disposed of is where it is said to be.
    const free = found.result === 'same' || (await isFree(stage, keeper, counted, item.cardId))
    marks.push({ cardId: item.cardId, ...(free ? found : { result: 'same' }) })
  }
  await send(stage, { actor: counter, at: counted }, count.id, marks.slice(0, half))
  await send(stage, { actor: keeper, at: counted }, count.id, [
    ...marks.slice(half),
    {
      result: 'surplus',
      thing: { name: '不间断电源', place: items[0]?.place || '主楼301', model: '山特 C3K', quantity: 1 },
      remark: '无标签，机房改造后留用',
    },
  ])
  const settling = addDays(began, 5)
  const by = { actor: keeper, at: settling }
  await as(stocktaking, 'endCounting', stage, by, { countId: count.id, version: count.version })
  await workSheet(stage, by, count.id)
  const step = async () => {
    const { count: now } = await as(stocktaking, 'viewCount', stage, by, { countId: count.id })
    return { countId: count.id, version: now.version }
  }
  await as(
    stocktaking,
    'submitCount',
    stage,
    { actor: keeper, at: addDays(began, 8) },
    {
      ...(await step()),
      conclusion: '本机关资产账实基本相符。差异已逐项查明原因并认定责任，盘亏资产转入待查，查清后按损失核销程序办理。',
    },
  )
  const head = await needed(stage, organ, 'organ-head')
  await as(
    stocktaking,
    'approveCount',
    stage,
    { actor: head, at: addDays(began, 10) },
    { ...(await step()), opinion: '同意。' },
  )
  const reviewer = await needed(stage, stage.authority, 'asset-reviewer')
  const { count: accepted } = await as(
    stocktaking,
    'acceptCount',
    stage,
    { actor: reviewer, at: addDays(began, 14) },
    await step(),
  )
  if (accepted.state !== 'at-finance') return true
  const finance = await needed(stage, stage.finance, 'finance-reviewer')
  await as(
    stocktaking,
    'consentCount',
    stage,
    { actor: finance, at: addDays(began, 18) },
    { ...(await step()), opinion: '同意转入待查。' },
  )
  return true
}

const workings: Readonly<Record<string, readonly [string, string]>> = {
  mismatch: ['correct', '办公室调整后未及时变更卡片'],
  damaged: ['to-disposal', '超过使用年限，部件损坏'],
  idle: ['mark-idle', '人员调离，设备未再分配'],
  missing: ['pursue', '办公室搬迁期间去向不明'],
}

async function workSheet(stage: Stage, by: { actor: People['keeper']; at: string }, countId: string): Promise<void> {
  const { items } = (await as(stocktaking, 'differences', stage, by, { countId, limit: 200 })) as {
    items: Difference[]
  }
  for (const [result, [resolution, cause]] of Object.entries(workings)) {
    const differenceIds = items.filter((one) => one.result === result).map(({ id }) => id)
    if (differenceIds.length > 0)
      await as(stocktaking, 'workDifferences', stage, by, {
        countId,
        differenceIds,
        resolution,
        cause,
        responsible: items.find((one) => one.result === result)?.booked['custodianName'] || by.actor.name,
      })
  }
  for (const { id, version, thing } of items.filter(({ result }) => result === 'surplus'))
    await as(stocktaking, 'workSurplus', stage, by, {
      countId,
      differenceId: id,
      version,
      cause: '机房改造时随工程交付，未登记卡片',
      responsible: by.actor.name,
      card: {
        ...thing,
        classCode: 'A02061504',
        acquiredOn: addDays(by.at, -200),
        valueBasis: 'replacement',
        valueFen: 128_000,
        evidence: `询价记录 ${by.at}`,
      },
    })
}

/** One floor, half counted, on one thing of which the counters disagree. */
async function floorCount(stage: Stage, organ: OrganRow): Promise<boolean> {
  const began = addDays(stage.act.today, -3)
  const { count, keeper, counter } = await opened(stage, organ, began, {
    title: '主楼三层资产抽盘',
    places: ['主楼3'],
    note: '三层办公室调整后的抽盘。',
  })
  const on = addDays(began, 1)
  const items = await itemsOf(stage, keeper, on, count.id)
  const done = items.filter(({ number }) => fraction(`${number} counted`) < 0.5)
  if (done.length === 0) return false
  await send(
    stage,
    { actor: counter, at: on },
    count.id,
    done.map((item) => ({ cardId: item.cardId, result: 'same' })),
  )
  await send(stage, { actor: keeper, at: on }, count.id, [
    { cardId: done[0]?.cardId, result: 'missing', remark: '柜内未见' },
  ])
  return true
}
