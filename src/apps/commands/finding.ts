import { InvalidArgumentError } from 'commander'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import type { Cycle } from '#modules/plans/model.ts'
import type { Desk } from './desk.ts'
import { nearNames } from './near-names.ts'
import { WrongUse } from './terminal.ts'

type OrganFound = OutputOf<typeof organs.organs>['items'][number]

/** Reads `--year`. */
export function yearOption(text: string): number {
  const year = Number(text)
  if (!/^\d{4}$/.test(text) || year < 2021 || year > 2100)
    throw new InvalidArgumentError(`年度应为2021至2100的四位数字，例如 2027，现为“${text}”。`)
  return year
}

/** Reads an option that is a day. */
export function dateOption(text: string): string {
  if (!LocalDateSchema.safeParse(text).success)
    throw new InvalidArgumentError(`日期应写作 2026-11-01 这样的有效日期，现为“${text}”。`)
  return text
}

/**
 * The organ meant, among those of its level the account may know of: by full name, short name, budget code, credit code
 * or id. Never a guess: another name is only suggested.
 */
export async function organAt(desk: Desk, given: string): Promise<OrganFound> {
  const jurisdictionCode = desk.actor.organ?.jurisdictionCode
  const known = await desk.all(organs.organs, jurisdictionCode ? { jurisdictionCode } : {})
  const name = given.trim()
  const meant = known.filter((organ) =>
    [organ.name, organ.shortName, organ.budgetCode, organ.creditCode, organ.id].includes(name),
  )
  if (meant.length > 1)
    throw new WrongUse(
      `“${given}”对应${meant.length}个机关：${meant.map((organ) => organ.name).join('、')}。请写全称。`,
    )
  if (meant[0]) return meant[0]
  const near = nearNames(
    name,
    known.map((organ) => organ.name),
  )
  throw new WrongUse(
    `账号“${desk.actor.name}”可见的机关中没有“${given}”。${near.length > 0 ? `您要找的是不是：${near.join('、')}？` : '请写机关全称、简称或预算编码。'}`,
  )
}

/** The cycle of a year at the account's own level. */
export async function cycleAt(desk: Desk, year: number): Promise<Cycle> {
  const cycles = await desk.all(plans.cycles, {})
  const cycle = cycles.find((one) => one.year === year)
  if (cycle) return cycle
  const years = cycles.map((one) => one.year).sort((a, b) => a - b)
  throw new WrongUse(
    `${desk.actor.organ?.jurisdictionName ?? ''}还没有开启${year}年度的保障计划周期。${years.length > 0 ? `已有年度：${years.join('、')}。` : ''}`,
  )
}

/** An authority works on its own level alone (Art. 6): the code given must be that of the account. */
export async function ownLevel(desk: Desk, code: string): Promise<void> {
  const { organ } = desk.actor
  if (organ?.jurisdictionCode === code) return
  const { items } = await desk.call(organs.jurisdictions, {})
  const meant = items.find((one) => one.code === code)
  throw new WrongUse(
    meant
      ? `账号“${desk.actor.name}”代表${organ?.jurisdictionName ?? ''}（${organ?.jurisdictionCode ?? ''}）的机关，不能办理${meant.name}（${code}）的事项：各级机关事务管理部门负责本级（《山西省机关运行保障条例》第六条）。请用该级的账号。`
      : `没有代码为“${code}”的行政区划。请用六位行政区划代码，例如 140100。`,
  )
}
