import { addDays } from '#kernel/pure/local-date.ts'
import { found } from '#kernel/server/errors.ts'
import type { OrganRow } from '#modules/organs/offers.ts'
import { actions } from '#modules/assets/actions.ts'
import { contract } from '#modules/assets/contract.ts'
import { carriedItems, registerCards } from '#modules/assets/offers.ts'
import { classOf } from '#modules/assets/model/classes.ts'
import type { CardFacts } from '#modules/assets/model.ts'
import { standardTable } from '#modules/standards/offers.ts'
import type { StandardTable } from '#modules/standards/rules/in-force.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import { record } from '#kernel/server/record.ts'
import { bookEntry } from './book-entry.ts'
import { as, needed, stageOf, type Stage } from './cast.ts'
import type { Act } from '#kernel/server/context.ts'
import { wisherOf } from './demands.ts'
import { fraction, holdingsOf, type Wisher } from './wishes.ts'

const assets = { contract, actions }

/**
 * What an office has: class, things and their models, price in 元 from and to, how many for each person in post; of the kinds
 * that its demands tell of, as many as they tell.
 */
const stock = [
  ['A02010105', '台式计算机', ['联想启天 M455', '清华同方超越 E500', '长城世恒 UF712'], 3900, 4990, 0.95],
  ['A02010108', '便携式计算机', ['华为 MateBook B5', '联想昭阳 X5'], 5200, 6980, 0.2],
  ['A02021003', 'A4黑白打印机', ['奔图 P3370DN', '得力 P3100DN'], 1050, 1200, 0.3],
  ['A02021001', 'A3黑白打印机', ['奔图 CM9100'], 6200, 7500, 0.05],
  ['A02020100', '复印机', ['京瓷 TASKalfa 4012i', '震旦 AD456'], 21_000, 34_500, 0.05],
  ['A02020400', '多功能一体机', ['奔图 M7160DW'], 2100, 2980, 0.1],
  ['A02021118', '扫描仪', ['紫光 Q2230'], 2600, 3900, 0.05],
  ['A02061804', '空调机', ['格力云佳 KFR-35GW', '海尔 KFR-72LW'], 2600, 6900, 0.3],
  ['A05010201', '办公桌', ['1.4米钢木', '1.6米实木贴面'], 1200, 2950, 0.9],
  ['A05010301', '办公椅', ['网布职员椅', '皮面办公椅'], 380, 790, 1],
  ['A05010502', '文件柜', ['五节钢制', '双开门钢制'], 560, 980, 0.5],
  ['A05010401', '三人沙发', ['皮面三人位'], 1900, 2950, 0.06],
] as const

const departments = ['办公室', '人事科', '财务科', '业务一科', '业务二科', '信息中心']
const suppliers = ['山西晋源办公设备有限公司', '太原市华安家具有限公司', '政府采购网上超市']

type Person = { id: string; name: string }

/** How many of a class an organ has, and how many of them are old, worn out or idle. */
type Held = { quantity: number; old: number; worn: number; idle: number }

/** The counts that demands and reviews of the demonstration rest on (A22-1), by class. */
function heldOf(wisher: Wisher, items: StandardTable): Map<string, Held> {
  const carried = carriedItems(items)
  return new Map(
    holdingsOf(wisher).flatMap(({ standardCode, quantity, usableQuantity, overLifeQuantity, idleQuantity }) => {
      const classCode = carried.get(standardCode)?.classCode
      const held = { quantity, old: overLifeQuantity, worn: quantity - usableQuantity, idle: idleQuantity }
      return classCode === undefined ? [] : [[classCode, held] as const]
    }),
  )
}

/** Of kinds no demand tells of: some old, one or another idle or worn out. */
const usual = (quantity: number): Held => ({
  quantity,
  old: Math.round(quantity * 0.2),
  worn: Math.round(quantity * 0.06),
  idle: Math.round(quantity * 0.06),
})

/** Years after which things are old: the least life of the standards (AST-R03), longer for furniture. */
const lifeDays = { furniture: 15 * 365 + 4, other: 6 * 365 + 2 }

/** The things of an organ as its old books list them: the old ones first, of them some worn out; the newest idle. */
function factsOf(
  organ: OrganRow,
  people: readonly Person[],
  staff: number,
  told: ReadonlyMap<string, Held>,
  today: string,
): CardFacts[] {
  return stock.flatMap(([classCode, name, models, from, to, each], line) => {
    const assetClass = found(classOf('2022', classCode), classCode)
    const held = told.get(classCode) ?? usual(Math.max(1, Math.round(staff * each)))
    return Array.from({ length: held.quantity }, (_, at) => {
      const dice = (what: string) => fraction(`${organ.name} ${classCode} ${at} ${what}`)
      const life = lifeDays[assetClass.depreciation === 'furniture' ? 'furniture' : 'other']
      // Old by the day the first demands are judged, and the others still young on the day of the last.
      const days = at < held.old ? life + 800 + dice('age') * 700 : 60 + dice('age') * (life - 700)
      const acquiredOn = addDays(today, -Math.floor(days))
      const costFen = Math.round((from + dice('price') * (to - from)) / 10) * 1000
      const floor = 2 + Math.floor(dice('floor') * 4)
      const keeper = people[Math.floor(dice('who') * people.length)]
      return bookEntry(organ, {
        classCode,
        name,
        model: models[at % models.length] as string,
        serialNumber: classCode.startsWith('A05')
          ? ''
          : `${String.fromCharCode(65 + line)}${acquiredOn.slice(2, 4)}${String(1000 + Math.floor(dice('serial') * 8999))}${at}`,
        costFen,
        acquiredOn,
        acquiredBy: dice('way') < 0.9 ? 'purchase' : 'allotment',
        bookedOn: addDays(acquiredOn, 3 + Math.floor(dice('booked') * 12)),
        state:
          at < held.worn
            ? dice('state') < 0.5
              ? 'repair'
              : 'disposal-pending'
            : at >= held.quantity - held.idle
              ? 'idle'
              : 'in-use',
        department: departments[Math.floor(dice('department') * departments.length)] as string,
        place: `${dice('building') < 0.7 ? '主楼' : '附楼'}${floor}${String(1 + Math.floor(dice('room') * 14)).padStart(2, '0')}`,
        userName: keeper?.name ?? '',
        custodianName: keeper?.name ?? '',
        supplier: suppliers[Math.floor(dice('supplier') * suppliers.length)] as string,
        voucherNumber: `记${acquiredOn.slice(5, 7)}-${10 + Math.floor(dice('voucher') * 180)}`,
        warrantyUntil: assetClass.depreciation === 'computer' ? addDays(acquiredOn, 3 * 365) : null,
        detail:
          assetClass.detail === 'furniture' ? { rank: '处级及以下' } : dice('own') < 0.5 ? { ownInnovation: true } : {},
      })
    })
  })
}

/** Two organs of a level take their books over in spring, close every month since, hand things over and move some. */
export async function assetRegister(act: Act, code: string): Promise<string> {
  const stage = await stageOf(act, code)
  const education = stage.organs.filter(({ name }) => name.includes('教育'))
  // One level shows two organs beside each other; the others one, so that a first start stays quick.
  const organs = code === '140100' ? [...education, stage.authority] : education
  let cards = 0
  const items = await standardTable(act.tx, code, act.today, ['item.'])
  for (const organ of organs) cards += await takenOver(stage, organ, items)
  return `${organs.length}个机关${cards}张资产卡片`
}

async function takenOver(stage: Stage, organ: OrganRow, items: StandardTable): Promise<number> {
  const { act } = stage
  const keeper = await needed(stage, organ, 'asset-keeper', 'organ-clerk')
  const people = await act.directory.peopleHolding(
    act.tx,
    {
      organId: organ.id,
      roles: ['organ-clerk', 'asset-keeper', 'organ-head', 'staff', 'driver', 'plan-reviewer', 'asset-reviewer'],
    },
    act.today,
  )
  const start = `${act.today.slice(0, 4)}-01-08`
  const began = start < act.today ? start : act.today
  const wisher = await wisherOf(stage, organ)
  const listedOn = addDays(began, -10)
  const facts = factsOf(organ, people, wisher.staff, heldOf(wisher, items), listedOn)
  const then = new Date(`${began}T10:00:00+08:00`)
  const taking: Act = { ...act, actor: keeper, now: then, today: localDateOf(then) }
  const ids = await registerCards(taking, facts, null)
  await record(taking, 'assets.import-applied', {
    subject: { kind: 'assets.book', id: organ.id },
    organId: organ.id,
    after: { cards: ids.length },
  })
  for (let month = Number(began.slice(5, 7)); month < Number(act.today.slice(5, 7)); month++) {
    const name = `${began.slice(0, 4)}-${String(month).padStart(2, '0')}`
    const day = `${began.slice(0, 4)}-${String(month + 1).padStart(2, '0')}-02`
    await as(assets, 'closeMonth', stage, { actor: keeper, at: day }, { month: name })
  }
  const moved = ids.slice(0, 6)
  const on = addDays(act.today, -20)
  if (on > began)
    await as(
      assets,
      'finishScan',
      stage,
      { actor: keeper, at: addDays(on, 1) },
      {
        act: 'move',
        cardIds: moved,
        effectiveOn: on,
        reason: '办公室调整，集中到三楼信息室',
        place: '主楼308',
        department: '信息中心',
      },
    )
  const used = facts.map(({ userName, state }, at) => ({ id: ids[at] as string, userName, state })).slice(6)
  await handOver(stage, organ, keeper, used, people)
  return ids.length
}

/** One hand-over is signed, one waits for the receiver: things that two others have used until then. */
async function handOver(
  stage: Stage,
  organ: OrganRow,
  keeper: Awaited<ReturnType<typeof needed>>,
  used: readonly { id: string; userName: string; state: CardFacts['state'] }[],
  people: readonly Person[],
): Promise<void> {
  const { act } = stage
  const receiver = people.find(({ id }) => id !== keeper.personId)
  if (!receiver) return
  const roles =
    (
      await act.directory.peopleHolding(
        act.tx,
        {
          organId: organ.id,
          roles: ['organ-head', 'staff', 'plan-reviewer', 'asset-reviewer', 'driver', 'organ-clerk'],
        },
        act.today,
      )
    ).find(({ id }) => id === receiver.id)?.roles ?? []
  const offered = (at: string, cardIds: readonly string[], reason: string) =>
    as(assets, 'offerHandover', stage, { actor: keeper, at }, { cardIds, toPersonId: receiver.id, reason })
  const others = used.filter(
    ({ userName, state }) => state === 'in-use' && userName !== '' && userName !== receiver.name,
  )
  const [leaving, moving] = [...new Set(others.map(({ userName }) => userName))]
  const thingsOf = (name: string | undefined) =>
    others
      .filter(({ userName }) => userName === name)
      .slice(0, 4)
      .map(({ id }) => id)
  if (moving === undefined) return
  const first = await offered(addDays(act.today, -12), thingsOf(leaving), '原使用人调离，设备移交')
  await as(
    assets,
    'acceptHandover',
    stage,
    { actor: { ...keeper, personId: receiver.id, name: receiver.name, roles }, at: addDays(act.today, -11) },
    {
      handoverId: first.handover.id,
      version: first.handover.version,
    },
  )
  await offered(addDays(act.today, -2), thingsOf(moving), '岗位调整，办公设备移交')
}
