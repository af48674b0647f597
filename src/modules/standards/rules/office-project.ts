import type { Level } from '#kernel/pure/actor.ts'
import type { Finding, Step } from '#kernel/pure/verdict.ts'
import { fitOutGradeLabels, type FitOutGrade } from '../model/value.ts'
import type { Standard, StandardOf } from '../model.ts'
import { exceeds, hundredthsOf, minus, over, percentOf, plus, textOf, times, type Exact } from './exact.ts'
import { judged } from './finding.ts'
import { figureFor, type StandardTable } from './in-force.ts'
import { officeAreaCap, serviceAreaPerPerson } from './office-area.ts'
import type { Official } from './ranks.ts'
import { yuan } from './value-text.ts'

/** A figure by size: `whole` at the bracket's figure, `marginal` each part at its own. */
export function bracketTotal({ value: { rows, applies } }: StandardOf<'brackets'>, size: number): Exact {
  if (applies === 'whole') {
    const bracket = rows.find(({ upTo }) => upTo === null || !exceeds(size, upTo))
    return times(size, bracket?.figure ?? 0)
  }
  let below = 0
  return rows.reduce<Exact>(
    (sum, { upTo, figure }) => {
      const part = Math.max(0, (upTo === null ? size : Math.min(size, upTo)) - below)
      below = upTo ?? below
      return plus(sum, times(part, figure))
    },
    times(0, 1),
  )
}

export type OfficeProject = Readonly<{
  level: Level
  /** How many people of each kind the building is for. */
  staff: readonly (Official & { count: number })[]
  highRise: boolean
  canteenPersons: number
  carSpaces: number
  bicycles: number
  motorbikes: number
  guards: number
}>

export type ProjectSize = Readonly<{
  officesM2: Exact
  serviceM2: Exact
  equipmentM2: Exact
  /** Gross area of 基本办公用房: (A + B + E) ÷ K. */
  basicM2: Exact
  ancillaryM2: Exact
  totalM2: Exact
  rows: readonly Standard[]
  steps: readonly Step[]
}>

/** S = [A + B + (A + B) × 9 %] ÷ K + C: the gross area a project may have (S1; OF-17). */
export function projectSize(table: StandardTable, project: OfficeProject): ProjectSize {
  const caps = project.staff.map((official) => ({ ...officeAreaCap(table, official), count: official.count }))
  const people = project.staff.reduce((sum, { count }) => sum + count, 0)
  const service = serviceAreaPerPerson(table, project.level, people)
  const share = figureFor(table, 'office.equipment-share', 'percent')
  const usable = figureFor(
    table,
    project.highRise ? 'office.usable-high-rise' : 'office.usable-multi-storey',
    'percent',
  )
  const officesM2 = plus(0, ...caps.map(({ areaM2, count }) => times(areaM2, count)))
  const serviceM2 = times(service.perPersonM2, people)
  const equipmentM2 = percentOf(share.value.percent, plus(officesM2, serviceM2))
  const basicM2 = over(times(plus(officesM2, serviceM2, equipmentM2), 100), usable.value.percent)
  const ancillary = ancillaryArea(table, project)
  const totalM2 = plus(basicM2, ancillary.areaM2)
  return {
    officesM2,
    serviceM2,
    equipmentM2,
    basicM2,
    ancillaryM2: ancillary.areaM2,
    totalM2,
    rows: [...caps.map(({ row }) => row), service.row, share, usable, ...ancillary.rows],
    steps: [
      {
        label: '办公室使用面积A',
        expression: caps.map(({ areaM2, count }) => `${areaM2}×${count}`).join(' + '),
        result: textOf(officesM2),
      },
      service.step,
      {
        label: '服务用房使用面积B',
        expression: `${textOf(service.perPersonM2)} × ${people}`,
        result: textOf(serviceM2),
      },
      { label: '设备用房使用面积', expression: `（A + B）× ${share.value.percent}%`, result: textOf(equipmentM2) },
      {
        label: '基本办公用房建筑面积',
        expression: `${textOf(plus(officesM2, serviceM2, equipmentM2))} ÷ ${usable.value.percent}%`,
        result: textOf(basicM2),
      },
      { label: '附属用房建筑面积C', expression: ancillary.expression, result: textOf(ancillary.areaM2) },
      { label: '总建筑面积S', expression: `${textOf(basicM2)} + ${textOf(ancillary.areaM2)}`, result: textOf(totalM2) },
    ],
  }
}

function ancillaryArea(table: StandardTable, project: OfficeProject) {
  const canteen = figureFor(table, 'office.canteen', 'brackets')
  const garage = figureFor(table, 'office.garage', 'brackets')
  const bicycle = figureFor(table, 'office.bicycle-shed', 'area')
  const motorbike = figureFor(table, 'office.motorbike-shed', 'area')
  const guard = figureFor(table, 'office.guard-room', 'area')
  const parts: { title: string; count: number; areaM2: Exact; row: Standard }[] = [
    {
      title: '食堂',
      count: project.canteenPersons,
      areaM2: bracketTotal(canteen, project.canteenPersons),
      row: canteen,
    },
    { title: '汽车库', count: project.carSpaces, areaM2: bracketTotal(garage, project.carSpaces), row: garage },
    {
      title: '自行车库',
      count: project.bicycles,
      areaM2: times(bicycle.value.areaM2, project.bicycles),
      row: bicycle,
    },
    {
      title: '电动车、摩托车库',
      count: project.motorbikes,
      areaM2: times(motorbike.value.areaM2, project.motorbikes),
      row: motorbike,
    },
    { title: '警卫用房', count: project.guards, areaM2: times(guard.value.areaM2, project.guards), row: guard },
  ].filter(({ count }) => count > 0)
  return {
    areaM2: plus(0, ...parts.map(({ areaM2 }) => areaM2)),
    rows: parts.map(({ row }) => row),
    expression: parts.length === 0 ? '无' : parts.map(({ title, areaM2 }) => `${title}${textOf(areaM2)}`).join(' + '),
  }
}

/** OF-17 and OF-19: what is proposed against the formula, and whether it is worth a building of its own. */
export function checkProjectSize(table: StandardTable, project: OfficeProject, proposedM2: number): Finding[] {
  const size = projectSize(table, project)
  // Areas are stated with two decimals: what is shown as the result is what may be proposed.
  const allowedM2 = hundredthsOf(size.totalM2)
  const fits = proposedM2 <= allowedM2
  const findings = [
    judged({
      rule: 'OF-17',
      norm: 'A20-1',
      rows: size.rows,
      ok: fits,
      field: 'proposedM2',
      said: fits
        ? `申报建筑面积${proposedM2}平方米，在核算总建筑面积${textOf(size.totalM2)}平方米以内。`
        : `申报建筑面积${proposedM2}平方米，超过核算总建筑面积${textOf(size.totalM2)}平方米，超出${textOf(minus(proposedM2, allowedM2))}平方米。`,
      remedy: `请将建设规模压减到${textOf(size.totalM2)}平方米以内。`,
      facts: { '申报建筑面积（平方米）': proposedM2, '核算建筑面积（平方米）': allowedM2 },
      steps: size.steps,
    }),
  ]
  if (project.level === 'province') return findings
  const least = figureFor(table, 'office.stand-alone', 'area', { level: project.level })
  const large = !exceeds(least.value.areaM2, size.basicM2)
  return [
    ...findings,
    judged({
      rule: 'OF-19',
      norm: 'A18-2',
      rows: [least],
      ok: large,
      otherwise: 'warn',
      said: large
        ? `基本办公用房${textOf(size.basicM2)}平方米，可以单独建设。`
        : `基本办公用房${textOf(size.basicM2)}平方米，不足${least.value.areaM2}平方米，不宜单独建设。`,
      remedy: '请考虑集中建设或者与其他机关联合建设。',
      facts: { '基本办公用房（平方米）': Number(textOf(size.basicM2)) },
    }),
  ]
}

/** OF-18: usable over gross area of a design. */
export function checkUsableShare(
  table: StandardTable,
  { usableM2, grossM2, highRise }: Readonly<{ usableM2: number; grossM2: number; highRise: boolean }>,
): Finding {
  const least = figureFor(table, highRise ? 'office.usable-high-rise' : 'office.usable-multi-storey', 'percent')
  const share = over(times(usableM2, 100), grossM2)
  const ok = !exceeds(least.value.percent, share)
  return judged({
    rule: 'OF-18',
    norm: 'A20-1',
    rows: [least],
    ok,
    said: `使用面积系数${textOf(share)}%，${ok ? '符合' : '低于'}不少于${least.value.percent}%的要求。`,
    remedy: '请优化设计，减少公共交通和结构面积。',
    steps: [{ label: '使用面积系数', expression: `${usableM2} ÷ ${grossM2}`, result: `${textOf(share)}%` }],
  })
}

/** 土建 level of a project; townships have rows of their own. */
export type BuildingLevel = Level | 'township'

/** OF-20: cost of fit-out as a share of 建筑安装工程费. */
export function checkFitOutCost(
  table: StandardTable,
  level: BuildingLevel,
  { constructionFen, fitOutFen }: Readonly<{ constructionFen: number; fitOutFen: number }>,
): Finding {
  const share =
    level === 'township'
      ? figureFor(table, 'office.fit-out-share-township', 'percent')
      : figureFor(table, 'office.fit-out-share', 'percent', { level })
  const cap = percentOf(share.value.percent, constructionFen)
  const ok = !exceeds(fitOutFen, cap)
  const capText = yuan(Number(textOf(cap, 0)))
  return judged({
    rule: 'OF-20',
    norm: 'A20-1',
    rows: [share],
    ok,
    otherwise: 'warn',
    field: 'fitOutFen',
    said: `装修费${yuan(fitOutFen)}，${ok ? '在' : '超过'}上限${capText}${ok ? '以内' : ''}。`,
    remedy: '请压减装修费用，或者说明理由。',
    steps: [{ label: '装修费上限', expression: `${yuan(constructionFen)} × ${share.value.percent}%`, result: capText }],
  })
}

/** OF-20: grade of fit-out of a room. */
export function checkFitOutGrade(
  table: StandardTable,
  level: BuildingLevel,
  { room, grade }: Readonly<{ room: string; grade: FitOutGrade }>,
): Finding {
  const grades =
    level === 'township'
      ? figureFor(table, 'office.fit-out-grades-township', 'grades')
      : figureFor(table, 'office.fit-out-grades', 'grades', { level })
  const known = grades.value.rooms.find((candidate) => candidate.room === room)
  if (!known) throw new Error(`office.fit-out-grades names no room ${room}`)
  const order = Object.keys(fitOutGradeLabels)
  const ok = known.allowed.some((allowed) => order.indexOf(grade) <= order.indexOf(allowed))
  const names = known.allowed.map((allowed) => fitOutGradeLabels[allowed]).join('或')
  return judged({
    rule: 'OF-20',
    norm: 'A20-1',
    rows: [grades],
    ok,
    otherwise: 'needs-approval',
    field: 'grade',
    said: `${known.title}采用${fitOutGradeLabels[grade]}，标准为${names}。`,
    remedy: `请按${names}设计，或者报经批准。`,
  })
}
