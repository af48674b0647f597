import type { Finding } from '#kernel/pure/verdict.ts'
import { levels, levelLabels } from '#kernel/pure/actor.ts'
import { standardKindLabels } from '#modules/standards/model.ts'
import { definitionOf } from '#modules/standards/model/definitions.ts'
import { standardFormLabels } from '#modules/standards/model/value.ts'
import { levelOf } from '#modules/standards/rules/in-force.ts'
import { law } from '../law.ts'
import { keyOf, keyText, type Change, type StandardChange } from '../model.ts'
import { finding, placeOf, type DraftFacts } from './facts.ts'

/** What is wrong with proposed rows by themselves: unknown code, wrong form, contradictions, money that rests on nothing (A9-3). */
export function checkRows(facts: DraftFacts, changes: readonly Change<StandardChange>[]): Finding[] {
  const keys = changes.map((change) => keyText(keyOf(change)))
  return changes.flatMap((change, index) => [
    ...checkTwice(change, keys.indexOf(keys[index] as string) !== index),
    ...checkDefinition(facts, change),
    ...checkContradiction(change),
    ...checkRests(facts, change),
  ])
}

const fieldOf = (change: Change, name: string) => `changes.${change.lineNo - 1}.${name}`

function checkTwice(change: Change<StandardChange>, twice: boolean): Finding[] {
  if (!twice) return []
  return [
    finding('STD-R03', 'block', law.adjustment, `${placeOf(change, change.title)}在本草案中出现了两次。`, {
      field: fieldOf(change, 'code'),
      remedy: '请删除其中一行。',
    }),
  ]
}

function checkDefinition({ jurisdictionCode }: DraftFacts, change: Change<StandardChange>): Finding[] {
  const place = placeOf(change, change.title)
  const definition = definitionOf(change.code)
  const block = (field: string, message: string, remedy: string) =>
    finding('STD-R01', 'block', law.standardsSystem, `${place}${message}`, { field: fieldOf(change, field), remedy })
  if (definition === null)
    return [block('code', `的编码“${change.code}”不在标准体系内。`, '请从标准目录中选择，或者在开放的类别下新增编码。')]
  const found: Finding[] = []
  if (definition.kind !== change.kind)
    found.push(
      block(
        'kind',
        `应为${standardKindLabels[definition.kind]}，现为${standardKindLabels[change.kind]}。`,
        '请更正标准种类。',
      ),
    )
  if (change.act !== 'end' && change.value === null) found.push(block('value', '没有填写标准内容。', '请填写。'))
  if (change.value !== null && change.value.form !== definition.form)
    found.push(
      block(
        'value',
        `的内容形式应为“${standardFormLabels[definition.form]}”，现为“${standardFormLabels[change.value.form]}”。`,
        '请按规定的形式填写。',
      ),
    )
  if (change.rank !== null && !definition.dimensions.includes('rank'))
    found.push(block('rank', '不区分职务层次。', '请清空职务层次。'))
  if (change.level !== null && !definition.dimensions.includes('level'))
    found.push(block('level', '不区分机关级别。', '请清空适用级别。'))
  const own = levelOf(jurisdictionCode)
  if (change.level !== null && levels.indexOf(change.level) < levels.indexOf(own))
    found.push(
      block(
        'level',
        `适用于${levelLabels[change.level]}机关，高于制定机关的级别。`,
        `请改为${levelLabels[own]}或者以下。`,
      ),
    )
  return found
}

/** Figures that contradict each other within one row. */
function checkContradiction(change: Change<StandardChange>): Finding[] {
  const { value } = change
  const block = (message: string, remedy: string) => [
    finding('STD-R01', 'block', law.standardsSystem, `${placeOf(change, change.title)}${message}`, {
      field: fieldOf(change, 'value'),
      remedy,
    }),
  ]
  if (value === null) return []
  if (value.form === 'years' && value.maximumYears !== null && value.maximumYears < value.minimumYears)
    return block(`最高年限${value.maximumYears}年小于最低年限${value.minimumYears}年。`, '请更正两个年限。')
  if (value.form === 'linear-per-person' && value.upperPersons <= value.lowerPersons)
    return block('人数下限不小于上限。', '请更正人数界限。')
  if (value.form === 'percent' && value.bound !== 'exactly' && value.percent > 100 && value.bound === 'at-least')
    return block(`至少${value.percent}%不可能达到。`, '请改为100以内。')
  if (value.form === 'yearly-date' && value.fromDay !== null && value.fromDay > value.lastDay)
    return block(`起始日${value.fromDay}晚于截止日${value.lastDay}。`, '请更正日期。')
  if (value.form === 'brackets') {
    const ends = value.rows.map(({ upTo }) => upTo)
    const rising = ends.every((end, index) => index === 0 || end === null || (ends[index - 1] ?? Infinity) < end)
    if (!rising || ends.at(-1) !== null)
      return block('的分档没有依次递增或者缺少末档。', '请使各档上限依次增大，末档不设上限。')
  }
  if (
    value.form === 'tiers' &&
    value.rows.some(({ fromFen }, index) => fromFen <= (value.rows[index - 1]?.fromFen ?? -1))
  )
    return block('的限额没有依次递增。', '请使各级起点依次增大。')
  return []
}

/** STD-R05: expenditure quotas and spending standards name the quota or service standard they rest on (A9-3). */
function checkRests({ quotaCodes }: DraftFacts, change: Change<StandardChange>): Finding[] {
  if (change.act === 'end' || (change.kind !== 'expenditure-quota' && change.kind !== 'spending-standard')) return []
  const place = placeOf(change, change.title)
  const field = fieldOf(change, 'restsOn')
  if (change.restsOn.length === 0)
    return [
      finding('STD-R05', 'block', law.expenditure, `${place}没有写明依据的实物定额或者服务标准。`, {
        field,
        remedy: '请选择据以测算的实物定额或者服务标准。',
      }),
    ]
  const unknown = change.restsOn.filter((code) => !quotaCodes.has(code))
  if (unknown.length === 0) return []
  return [
    finding(
      'STD-R05',
      'block',
      law.expenditure,
      `${place}依据的“${unknown.join('、')}”不是现行的实物定额或者服务标准。`,
      {
        field,
        remedy: '请改选现行的实物定额或者服务标准。',
      },
    ),
  ]
}
