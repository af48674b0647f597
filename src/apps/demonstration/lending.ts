import { addDays } from '#kernel/pure/local-date.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { actions } from '#modules/assets/actions.ts'
import { contract } from '#modules/assets/contract.ts'
import { as, needed, somebody, stageOf, type Stage } from './cast.ts'

const assets = { contract, actions }

/** Things of one organ in other hands for a while, and cards that were split and merged. */
export async function lentAndRegrouped(act: Act, code: string): Promise<string> {
  const stage = await stageOf(act, code)
  const organ = found(
    stage.organs.find(({ name }) => name.includes('教育')),
    '教育机关',
  )
  const keeper = await needed(stage, organ, 'asset-keeper', 'organ-clerk')
  const staff = await needed(stage, organ, 'staff', 'driver', 'organ-head')
  const neighbour = stage.organs.find(({ id, parts }) => id !== organ.id && parts.length === 0)
  const other = neighbour ? await somebody(stage, neighbour, 'asset-keeper', 'organ-clerk') : null
  const loans = await lent(stage, keeper, staff, other)
  await regrouped(stage, keeper)
  return `${loans}次借用、1次拆分、1次合并`
}

/** A thing as its clerk enters it, bought some years ago. */
async function registered(
  stage: Stage,
  keeper: Actor,
  thing: { classCode: string; name: string; model: string; costFen: number; quantity?: number; days: number },
): Promise<string> {
  const { days, ...given } = thing
  const acquiredOn = addDays(stage.act.today, -days)
  const { card } = await as(
    assets,
    'registerCard',
    stage,
    { actor: keeper, at: addDays(stage.act.today, -70) },
    {
      ...given,
      acquiredOn,
      bookedOn: addDays(acquiredOn, 5),
      place: '主楼库房',
      department: '办公室',
      custodianName: keeper.name,
      state: 'idle',
    },
  )
  return card.id
}

/** One is late, one is at another organ, one came back, one waits for a signature. */
async function lent(stage: Stage, keeper: Actor, staff: Actor, other: Actor | null): Promise<number> {
  const ago = (days: number) => addDays(stage.act.today, -days)
  const projector = () =>
    registered(stage, keeper, {
      classCode: 'A02020200',
      name: '便携投影仪',
      model: '坚果 P4',
      costFen: 328_000,
      days: 800,
    })
  const offered = async (borrower: Actor, days: number, dueIn: number, reason: string, document = '') => {
    const { loan } = await as(
      assets,
      'offerLoan',
      stage,
      { actor: keeper, at: ago(days) },
      {
        cardIds: [await projector()],
        organId: borrower.organ?.id,
        toPersonId: borrower.personId,
        dueOn: addDays(ago(days), dueIn),
        reason,
        document,
      },
    )
    return loan as { id: string; version: number }
  }
  const signed = async (borrower: Actor, days: number, loan: { id: string; version: number }) =>
    as(assets, 'signLoan', stage, { actor: borrower, at: ago(days) }, { loanId: loan.id, version: loan.version })
  await signed(staff, 40, await offered(staff, 40, 34, '基层学校巡回培训'))
  const back = await signed(staff, 60, await offered(staff, 60, 30, '全市教育工作会议'))
  const { loan } = await as(
    assets,
    'handBackLoan',
    stage,
    { actor: staff, at: ago(33) },
    { loanId: back.loan.id, version: back.loan.version, opinion: '会议结束，已交还库房' },
  )
  const cards = back.cards.map(({ cardId }: { cardId: string }) => ({ cardId, condition: 'sound' }))
  await as(
    assets,
    'takeBackLoan',
    stage,
    { actor: keeper, at: ago(32) },
    { loanId: loan.id, version: loan.version, cards },
  )
  await offered(staff, 1, 14, '信息化设备普查')
  if (other === null) return 3
  const year = stage.act.today.slice(0, 4)
  await signed(other, 5, await offered(other, 5, 25, '联合执法检查', `并事管资〔${year}〕45号`))
  return 4
}

/** A set entered as one is split into what it is of; two that are used as one become one. */
async function regrouped(stage: Stage, keeper: Actor): Promise<void> {
  const { today } = stage.act
  const at = { actor: keeper, at: today }
  const set = await registered(stage, keeper, {
    classCode: 'A02020800',
    name: '会议室多媒体系统',
    model: '鸿合一体机、海信电视',
    costFen: 4_680_000,
    days: 500,
  })
  const { card } = await as(assets, 'viewCard', stage, at, { cardId: set })
  await as(assets, 'splitCard', stage, at, {
    cardId: set,
    version: card.version,
    effectiveOn: today,
    reason: '成套入账，按件管理',
    parts: [
      { name: '触控一体机', model: '鸿合 HD-I8690', quantity: 1, costFen: 3_280_000 },
      { name: '普通电视设备', model: '海信 75E7', quantity: 2, costFen: 1_400_000, classCode: 'A02091001' },
    ],
  })
  const tables: string[] = []
  for (const days of [1200, 1260])
    tables.push(
      await registered(stage, keeper, {
        classCode: 'A05010204',
        name: '茶几',
        model: '实木贴面',
        costFen: 96_000,
        days,
      }),
    )
  await as(assets, 'mergeCards', stage, at, {
    cardIds: tables,
    mainCardId: tables[0],
    name: '组合茶几',
    quantity: 1,
    unit: '套',
    effectiveOn: today,
    reason: '两件组合使用，合并为一套',
  })
}
