import { addDays } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { actions } from '#modules/whatif/actions.ts'
import { contract } from '#modules/whatif/contract.ts'
import type { Change, Scope } from '#modules/whatif/model.ts'
import { as, needed, stageOf } from './cast.ts'

const whatif = { contract, actions }

type Tried = { title: string; scope: Scope; changes: Change[] }

const everybody = { level: null, organKind: null, organIds: [] }
const tightened: Change[] = [
  { kind: 'standard', code: 'item.desktop', level: null, priceCapFen: 450_000, minimumYears: 8 },
  { kind: 'standard', code: 'item.laptop', level: null, limit: { basis: 'percent-of-staff', percent: 35 } },
]
const grown: Change[] = [
  { kind: 'headcount', ...everybody, percent: 6, people: null },
  { kind: 'price', standardCode: null, needKind: 'N08', percent: 4, addFen: null },
  { kind: 'catalogue', needKind: 'N09', centralised: 'yes', provided: true },
]
const wholeProvince: Change[] = [
  { kind: 'standard', code: 'item.desktop', level: null, priceCapFen: 460_000 },
  { kind: 'standard', code: 'item.chair', level: 'county', priceCapFen: 70_000 },
  { kind: 'price', standardCode: 'item.laptop', needKind: null, percent: -5, addFen: null },
]

/** What authorities try out before they change a standard: two scenarios at a city, one for the province, each computed. */
export async function triedOut(act: Act, year: number): Promise<string> {
  const city: Tried[] = [
    { title: '办公设备从严：台式机上限4500元，笔记本35%', scope: 'jurisdiction', changes: tightened },
    { title: '人员增加6%，物业涨价4%，通用设备集中配置', scope: 'jurisdiction', changes: grown },
  ]
  const province: Tried[] = [{ title: '全省办公设备标准从严', scope: 'province', changes: wholeProvince }]
  for (const [code, scenarios] of [
    ['140100', city],
    ['140000', province],
  ] as const) {
    const stage = await stageOf(act, code)
    const who = { actor: await needed(stage, stage.authority, 'plan-reviewer'), at: addDays(act.today, -1) }
    for (const tried of scenarios) {
      const { scenario } = await as(whatif, 'createScenario', stage, who, { ...tried, year })
      await as(whatif, 'computeScenario', stage, who, { scenarioId: scenario.id, version: scenario.version })
    }
  }
  return `${city.length + province.length}个方案`
}
