import type { Finding } from '#kernel/pure/verdict.ts'
import { addDays, daysBetween, type LocalDate } from '#kernel/pure/local-date.ts'
import { ceilOf, exceeds, minus, over, percentOf, textOf, times } from './exact.ts'
import { judged } from './finding.ts'
import { figureFor, type StandardTable } from './in-force.ts'
import { yearsLater } from './terms.ts'

/** VH-06, VH-07: a vehicle may be replaced after more than so many years; a leader's promotion is never a ground. */
export function checkRenewal(
  table: StandardTable,
  facts: Readonly<{
    registeredOn: LocalDate
    today: LocalDate
    mileageKm: number | null
    /** Number of the approval for an earlier replacement on grounds of safety. */
    earlyApproval: string | null
    /** The ground is that a leader was appointed, promoted or moved. */
    forAppointment: boolean
  }>,
): Finding[] {
  const row = figureFor(table, 'vehicle.renewal', 'years')
  const byMileage = figureFor(table, 'vehicle.mileage-counts', 'switch')
  const mileage = figureFor(table, 'vehicle.renewal-mileage', 'quantity')
  const anniversary = yearsLater(facts.registeredOn, row.value.minimumYears)
  const old = row.value.mustBeExceeded ? facts.today > anniversary : facts.today >= anniversary
  const worn = byMileage.value.on && facts.mileageKm !== null && facts.mileageKm >= mileage.value.amount
  const early = facts.earlyApproval !== null && facts.earlyApproval.trim() !== ''
  const firstDay = row.value.mustBeExceeded ? addDays(anniversary, 1) : anniversary
  return [
    judged({
      rule: 'VH-06',
      norm: 'A21-1',
      rows: byMileage.value.on ? [row, mileage] : [row],
      ok: old || worn || early,
      field: 'registeredOn',
      said: old
        ? `登记于${facts.registeredOn}，使用已超过${row.value.minimumYears}年。`
        : worn
          ? `行驶${facts.mileageKm}千米，已达更新参考里程。`
          : early
            ? `使用未超过${row.value.minimumYears}年，提前更新已经批准（${facts.earlyApproval}）。`
            : `登记于${facts.registeredOn}，使用未超过${row.value.minimumYears}年，${firstDay}起方可更新。`,
      remedy: '请继续使用；因安全等原因确需提前更新的，先取得批准并填写文号。',
      facts: { 登记日期: facts.registeredOn, 满年限日: anniversary, 行驶里程: facts.mileageKm ?? '' },
      steps: [
        {
          label: '使用年限',
          expression: `${facts.registeredOn} + ${row.value.minimumYears}年 = ${anniversary}`,
          result: old ? '已超过' : '未超过',
        },
      ],
    }),
    ...(facts.forAppointment
      ? [
          judged({
            rule: 'VH-07',
            norm: 'A21-1',
            citation: '《党政机关厉行节约反对浪费条例》（2025年修订）第二十九条',
            rows: [],
            ok: false,
            field: 'reason',
            said: '不得因领导干部职务晋升、调任等原因提前更新车辆。',
            remedy: '请待车辆符合更新条件后再申请。',
          }),
        ]
      : []),
  ]
}

/** VH-08: new-energy vehicles among those bought in a year, a part vehicle counted whole. */
export function checkNewEnergyShare(
  table: StandardTable,
  { purchases, newEnergy }: Readonly<{ purchases: number; newEnergy: number }>,
): Finding {
  const share = figureFor(table, 'vehicle.new-energy-share', 'percent')
  const least = ceilOf(percentOf(share.value.percent, purchases))
  const ok = newEnergy >= least
  return judged({
    rule: 'VH-08',
    norm: 'A21-1',
    rows: [share],
    ok,
    otherwise: 'warn',
    said: `年度购置${purchases}辆，新能源汽车${newEnergy}辆，${ok ? '达到' : '少于'}${least}辆。`,
    remedy: `请将新能源汽车增加到${least}辆，或者说明不能满足使用需要的理由并报批准。`,
    facts: { 年度购置: purchases, 新能源: newEnergy, 最少: least },
    steps: [{ label: '新能源最少数量', expression: `⌈${purchases} × ${share.value.percent}%⌉`, result: String(least) }],
  })
}

/** VH-09: cars of a fixed route in town, such as confidential mail, are new-energy ones in principle. */
export function checkFixedRoute(table: StandardTable, newEnergy: boolean): Finding {
  const share = figureFor(table, 'vehicle.new-energy-share-fixed-route', 'percent')
  return judged({
    rule: 'VH-09',
    norm: 'A21-1',
    rows: [share],
    ok: newEnergy,
    otherwise: 'warn',
    field: 'newEnergy',
    said: newEnergy ? '路线固定、城区行驶的车辆采用新能源汽车。' : '路线固定、城区行驶的车辆原则上应当采用新能源汽车。',
    remedy: '请改选新能源汽车，或者说明不能满足使用需要的理由。',
  })
}

/** Litres per 100 km, exact. */
export function fuelConsumption(litres: number, distanceKm: number) {
  return over(times(litres, 100), distanceKm)
}

/** VH-16: consumption of a month against the norm of the car. */
export function checkFuelConsumption(
  table: StandardTable,
  { distanceKm, litres, normPer100Km }: Readonly<{ distanceKm: number; litres: number; normPer100Km: number }>,
): Finding {
  const line = figureFor(table, 'vehicle.fuel-excess-percent', 'percent')
  const actual = fuelConsumption(litres, distanceKm)
  const excess = times(minus(over(actual, normPer100Km), 1), 100)
  const ok = !exceeds(excess, line.value.percent)
  const signed = `${exceeds(excess, 0) ? '+' : ''}${textOf(excess, 1)}%`
  return judged({
    rule: 'VH-16',
    norm: 'A21-1',
    rows: [line],
    ok,
    otherwise: 'warn',
    said: `百公里油耗${textOf(actual)}升，较定额${normPer100Km}升${signed}。`,
    remedy: '请核对里程和加油记录，说明原因。',
    facts: { '里程（千米）': distanceKm, '燃油（升）': litres, '定额（升/百千米）': normPer100Km },
    steps: [
      { label: '百公里油耗', expression: `${litres} ÷ ${distanceKm} × 100`, result: `${textOf(actual)}升` },
      { label: '超定额', expression: `${textOf(actual)} ÷ ${normPer100Km} − 1`, result: signed },
    ],
  })
}

/** VH-12: the odometer at the start of a trip must be that at the end of the last one. */
export function checkOdometer(lastEndKm: number, startKm: number): Finding {
  const gap = startKm - lastEndKm
  return judged({
    rule: 'VH-12',
    norm: 'A21-1',
    citation: '《机关事务管理条例》（国务院令第621号）第二十六条',
    rows: [],
    ok: gap === 0,
    otherwise: 'warn',
    field: 'startKm',
    said: gap === 0 ? '里程表前后相接。' : `里程表与上次收车相差${gap}千米。`,
    remedy: '请核对里程表读数，说明两次出车之间的行驶。',
    facts: { '上次收车（千米）': lastEndKm, '本次出车（千米）': startKm },
    steps: [{ label: '里程差', expression: `${startKm} − ${lastEndKm}`, result: `${gap}千米` }],
  })
}

/** VH-17: one person on most trips of a car is a sign of a car fixed to a person. */
export function checkSamePerson(
  table: StandardTable,
  { trips, withPerson }: Readonly<{ trips: number; withPerson: number }>,
): Finding {
  const line = figureFor(table, 'vehicle.same-person-percent', 'percent')
  const ok = trips === 0 || !exceeds(over(times(withPerson, 100), trips), line.value.percent)
  return judged({
    rule: 'VH-17',
    norm: 'A21-1',
    rows: [line],
    ok,
    otherwise: 'warn',
    said: `${trips}次出车中同一人员使用${withPerson}次${ok ? '' : '，疑似固定给个人使用'}。`,
    remedy: '请核对用车安排，说明原因。',
    facts: { 出车次数: trips, 同一人员次数: withPerson },
  })
}

/** VH-22: insurance or inspection that ends soon is a task, one that has ended keeps the car in. */
export function checkExpiry(
  table: StandardTable,
  { what, lastDay, today }: Readonly<{ what: string; lastDay: LocalDate; today: LocalDate }>,
): Finding {
  const reminder = figureFor(table, 'vehicle.expiry-reminder', 'term')
  const left = daysBetween(today, lastDay)
  return judged({
    rule: 'VH-22',
    norm: 'A21-1',
    rows: [reminder],
    ok: left > reminder.value.amount,
    otherwise: left < 0 ? 'block' : 'warn',
    said: left < 0 ? `${what}已于${lastDay}到期，不得派车。` : `${what}${lastDay}到期，还有${left}天。`,
    remedy: `请办理${what}。`,
    facts: { 到期日: lastDay, 剩余天数: left },
  })
}
