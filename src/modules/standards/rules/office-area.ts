import type { Level } from '#kernel/pure/actor.ts'
import { levelLabels } from '#kernel/pure/actor.ts'
import type { Finding, Step } from '#kernel/pure/verdict.ts'
import { rankLabels, ranks, type Rank } from '#modules/organs/model.ts'
import type { StandardOf } from '../model.ts'
import { exceeds, minus, percentOf, plus, textOf, times, type Exact } from './exact.ts'
import { judged } from './finding.ts'
import { figureFor, hasForm, rowFor, type StandardTable } from './in-force.ts'
import { entitledRank, type Official } from './ranks.ts'

export type AreaCap = Readonly<{ areaM2: number; row: StandardOf<'area'>; rank: Rank; steps: readonly Step[] }>

/**
 * Highest 使用面积 of the office of one person (S1 table 3). A rank above the highest that the table names for the level
 * takes the highest row: the table gives nothing more.
 * @throws when the table has no row for the level at all
 */
export function officeAreaCap(table: StandardTable, official: Official): AreaCap {
  const { rank, step } = entitledRank(table, official)
  const from = ranks.indexOf(rank)
  for (const candidate of ranks.slice(from)) {
    const row = rowFor(table, 'office.area-cap', { level: official.level, rank: candidate })
    if (row && hasForm(row, 'area')) {
      const expression = `${levelLabels[official.level]}机关${rankLabels[candidate]}`
      return {
        areaM2: row.value.areaM2,
        row,
        rank,
        steps: [step, { label: '面积上限', expression, result: `${row.value.areaM2}平方米` }],
      }
    }
  }
  throw new Error(`office.area-cap has no row for ${official.level} from ${rank} down on ${table.on}`)
}

export type RoomFacts = Readonly<{
  name: string
  /** 使用面积 with rest room and toilet inside it. */
  usableAreaM2: number
  /** Null where the room has no toilet of its own. */
  toiletAreaM2: number | null
  occupants: readonly Official[]
  /** A new allocation is blocked; what is found in use is a warning with a term to mend it. */
  newAllocation: boolean
}>

/** OF-01, OF-02, OF-03: a room against the caps of the people in it. */
export function checkRoom(table: StandardTable, room: RoomFacts): Finding[] {
  return [...checkRoomArea(table, room), ...checkToilet(table, room)]
}

function checkRoomArea(table: StandardTable, room: RoomFacts): Finding[] {
  if (room.occupants.length === 0) return []
  const caps = room.occupants.map((official) => officeAreaCap(table, official))
  const tolerance = figureFor(table, 'office.area-tolerance', 'percent')
  const sum = plus(...caps.map(({ areaM2 }) => areaM2))
  const limit = plus(sum, percentOf(tolerance.value.percent, sum))
  const ok = !exceeds(room.usableAreaM2, limit)
  const single = caps.length === 1
  const shown = textOf(limit)
  const steps: Step[] = caps.flatMap(({ steps }) => steps)
  if (!single)
    steps.push({
      label: '合用上限',
      expression: caps.map(({ areaM2 }) => areaM2).join(' + '),
      result: `${shown}平方米`,
    })
  steps.push({
    label: '面积比较',
    expression: `${room.usableAreaM2} ${ok ? '≤' : '>'} ${shown}`,
    result: ok ? '符合' : `超出${textOf(minus(room.usableAreaM2, limit))}平方米`,
  })
  return [
    judged({
      rule: single ? 'OF-01' : 'OF-02',
      norm: 'A18-1',
      rows: tolerance.value.percent === 0 ? caps.map(({ row }) => row) : [...caps.map(({ row }) => row), tolerance],
      ok,
      otherwise: room.newAllocation && single ? 'block' : 'warn',
      field: 'usableAreaM2',
      said: ok
        ? `${room.name}使用面积${room.usableAreaM2}平方米，在上限${shown}平方米以内。`
        : `${room.name}使用面积${room.usableAreaM2}平方米，超过上限${shown}平方米，超出${textOf(minus(room.usableAreaM2, limit))}平方米。`,
      remedy: room.newAllocation
        ? '请改配面积在上限以内的房间，或者安排合用。'
        : '请限期整改：调换房间、安排合用或者分隔。',
      facts: { '使用面积（平方米）': room.usableAreaM2, '上限（平方米）': Number(shown), 使用人数: caps.length },
      steps,
    }),
  ]
}

function checkToilet(table: StandardTable, room: RoomFacts): Finding[] {
  if (room.toiletAreaM2 === null) return []
  const limit = figureFor(table, 'office.toilet-area', 'area')
  const whose = room.occupants.map((official) => ({
    level: official.level,
    rank: entitledRank(table, official).rank,
  }))
  const switches = whose.map((who) => figureFor(table, 'office.toilet-allowed', 'switch', who))
  const entitled = switches.some(({ value }) => value.on)
  const small = !exceeds(room.toiletAreaM2, limit.value.areaM2)
  return [
    judged({
      rule: 'OF-03',
      norm: 'A18-1',
      rows: [...switches, limit],
      ok: entitled && small,
      otherwise: 'warn',
      field: 'toiletAreaM2',
      said: !entitled
        ? `${room.name}设有独立卫生间，使用人的职务不在可设范围内。`
        : small
          ? `${room.name}卫生间${room.toiletAreaM2}平方米，符合标准。`
          : `${room.name}卫生间${room.toiletAreaM2}平方米，超过${limit.value.areaM2}平方米。`,
      remedy: '请限期整改：停用或者改造卫生间。',
      facts: { '卫生间面积（平方米）': room.toiletAreaM2, 使用人在可设范围: entitled },
    }),
  ]
}

/** OF-04: a second room of a leader with several posts must be smaller than the standard and approved. */
export function checkSecondRoom(
  table: StandardTable,
  official: Official,
  { usableAreaM2, approvalNumber }: Readonly<{ usableAreaM2: number; approvalNumber: string | null }>,
): Finding {
  const cap = officeAreaCap(table, official)
  const smaller = exceeds(cap.areaM2, usableAreaM2)
  const approved = approvalNumber !== null && approvalNumber.trim() !== ''
  const wrong = [
    ...(smaller ? [] : [`面积${usableAreaM2}平方米未小于标准${cap.areaM2}平方米`]),
    ...(approved ? [] : ['没有批准文号']),
  ]
  return judged({
    rule: 'OF-04',
    norm: 'A18-1',
    citation: '《党政机关办公用房管理办法》第十九条',
    rows: [cap.row],
    ok: smaller && approved,
    field: smaller ? 'approvalNumber' : 'usableAreaM2',
    said: wrong.length === 0 ? '第二处办公室小于标准面积且已经批准。' : `第二处办公室${wrong.join('，')}。`,
    remedy: '第二处办公室须小于标准面积并经严格审批；请换小一些的房间或者补充批准文号。',
    facts: { '面积（平方米）': usableAreaM2, '标准面积（平方米）': cap.areaM2, 批准文号: approvalNumber ?? '' },
    steps: cap.steps,
  })
}

/** ㎡ per person of service rooms for a headcount x 编制定员; continuous at both ends (S1). */
export function serviceAreaPerPerson(
  table: StandardTable,
  level: Level,
  establishment: number,
): { perPersonM2: Exact; row: StandardOf<'linear-per-person'>; step: Step } {
  const row = figureFor(table, 'office.service-area', 'linear-per-person', { level })
  const { lowerPersons, upperPersons, minuend, divisor, areaM2AtLower, areaM2AtUpper } = row.value
  const between = establishment > lowerPersons && establishment < upperPersons
  const perPersonM2 = between
    ? { numerator: BigInt(minuend - establishment), denominator: BigInt(divisor) }
    : times(establishment <= lowerPersons ? areaM2AtLower : areaM2AtUpper, 1)
  const expression = between
    ? `（${minuend} − ${establishment}）÷ ${divisor}`
    : establishment <= lowerPersons
      ? `${establishment}人 ≤ ${lowerPersons}人`
      : `${establishment}人 ≥ ${upperPersons}人`
  return { perPersonM2, row, step: { label: '服务用房人均面积', expression, result: `${textOf(perPersonM2)}平方米` } }
}

/** OF-08: what a unit holds of offices, service and equipment rooms against its approved area. */
export function checkUnitArea(heldM2: number, approvedM2: number): Finding {
  const ok = !exceeds(heldM2, approvedM2)
  return judged({
    rule: 'OF-08',
    norm: 'A18-1',
    citation: '《党政机关办公用房管理办法》第十九条、第二十二条',
    rows: [],
    ok,
    otherwise: 'warn',
    said: ok
      ? `占用${heldM2}平方米，在核定面积${approvedM2}平方米以内。`
      : `占用${heldM2}平方米，超过核定面积${approvedM2}平方米，超出${textOf(minus(heldM2, approvedM2))}平方米可以调剂。`,
    remedy: '请将超出面积移交机关事务管理部门调剂使用。',
    facts: { '占用（平方米）': heldM2, '核定（平方米）': approvedM2 },
  })
}
