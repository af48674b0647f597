import { addDays } from '#kernel/pure/local-date.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import type { CardFacts } from '#modules/assets/model.ts'
import { registerCards } from '#modules/assets/offers.ts'
import type { OrganRow } from '#modules/organs/offers.ts'
import { bookEntry } from './book-entry.ts'
import type { Stage } from './cast.ts'

/** Those who repair and dispose of old things of one organ. */
export type Cast = { stage: Stage; organ: OrganRow; keeper: Actor; reviewer: Actor; finance: Actor; head: Actor }

export const ago = ({ stage }: Cast, days: number) => addDays(stage.act.today, -days)

/**
 * Old things of the organ that no demand tells of: class, thing, model, price in 元, years since it was bought, how many,
 * what they are for here.
 */
const oldThings = [
  ['A02021301', '碎纸机', '科密 C-638', 960, 10, 4, 'closed'],
  ['A02020200', '投影仪', '爱普生 CB-X41', 4300, 9, 3, 'proceeds'],
  ['A02061804', '空调机', '格力 KFR-35GW', 3200, 11, 3, 'sale'],
  ['A05010204', '茶几', '实木贴面', 780, 12, 3, 'transfer'],
  ['A05010503', '更衣柜', '双门钢制', 860, 16, 4, 'list'],
  ['A02091001', '普通电视设备', '海信 LED55', 3900, 8, 4, 'donation'],
  ['A02061504', '不间断电源', '山特 C3KS', 2800, 8, 2, 'applied'],
  ['A02010109', '平板式计算机', '华为 MatePad', 3100, 3, 1, 'loss'],
  ['A02010104', '教育云数据中心服务器集群', '机架式96节点', 2_680_000, 10, 1, 'large'],
  ['A02020800', '触控一体机', '鸿合 HD-I8690', 18_900, 7, 5, 'repair'],
] as const
export type Purpose = (typeof oldThings)[number][6]
export type Things = ReadonlyMap<Purpose, readonly string[]>

/** They came with the old books, like everything else. */
export async function registered({ stage, organ, keeper }: Cast): Promise<Map<Purpose, string[]>> {
  const { act } = stage
  const facts = oldThings.flatMap(([classCode, name, model, yuan, years, count]) =>
    Array.from({ length: count }, (_, at) =>
      oldCard(organ, keeper, act.today, { classCode, name, model, yuan, years, at }),
    ),
  )
  const day = `${act.today.slice(0, 4)}-01-08`
  const began = day < act.today ? day : act.today
  const now = new Date(`${began}T10:20:00+08:00`)
  const ids = await registerCards({ ...act, actor: keeper, now, today: began }, facts, null)
  let next = 0
  return new Map(oldThings.map(([, , , , , count, purpose]) => [purpose, ids.slice(next, (next += count))]))
}

function oldCard(
  organ: OrganRow,
  keeper: Actor,
  today: string,
  of: { classCode: string; name: string; model: string; yuan: number; years: number; at: number },
): CardFacts {
  const acquiredOn = addDays(today, -Math.round(of.years * 365.25) - of.at * 9 - 40)
  return bookEntry(organ, {
    classCode: of.classCode,
    name: of.name,
    model: of.model,
    costFen: of.yuan * 100,
    acquiredOn,
    bookedOn: addDays(acquiredOn, 6),
    state: 'in-use',
    department: '办公室',
    place: `附楼${1 + (of.at % 3)}层库房`,
    custodianName: keeper.name,
    supplier: '山西晋源办公设备有限公司',
    voucherNumber: `记${acquiredOn.slice(5, 7)}-${31 + of.at}`,
  })
}
