import { levelLabels, levels } from '#kernel/pure/actor.ts'
import { addDays, isLocalDate } from '#kernel/pure/local-date.ts'
import { rankLabels, ranks, type Rank } from '#modules/organs/model.ts'
import { standardKindLabels, type Standard } from '../model.ts'
import type { StandardDefinition } from '../model/definition.ts'
import { definitionOf } from '../model/definitions.ts'
import { StandardValue, standardFormLabels, type StandardValue as Value } from '../model/value.ts'
import { levelOf } from './in-force.ts'
import { magnitude, sameValue, valueFaults } from './value-faults.ts'
import { valueText } from './value-text.ts'

/** A row somebody wants to put in force; nothing of its value is trusted yet. */
export type StandardCandidate = Omit<Standard, 'id' | 'value'> & { value: unknown }

export type StandardFault = Readonly<{
  code: string
  /** Field of the row, dotted into the value: `citation`, `value.rows.1.upTo`. */
  field: string
  /** `refuse` keeps the row from coming into force; `attention` is shown and may be answered for. */
  severity: 'refuse' | 'attention'
  message: string
  remedy: string
}>

const refuse = (code: string, field: string, message: string, remedy: string): StandardFault => ({
  code,
  field,
  severity: 'refuse',
  message,
  remedy,
})
const attention = (code: string, field: string, message: string, remedy: string): StandardFault => ({
  ...refuse(code, field, message, remedy),
  severity: 'attention',
})

/**
 * The rows as they stand once others of the same draft are in force: their predecessors end the day before. A draft of
 * several rows checks each against the table after the others, so that a whole column can be raised at once.
 */
export function tableAfter(rows: readonly Standard[], drafted: readonly Standard[]): Standard[] {
  const closed = rows.map((row) => {
    const successor = drafted.find(
      (draft) =>
        draft.code === row.code &&
        draft.jurisdictionCode === row.jurisdictionCode &&
        sameKey(row, draft) &&
        row.until === null &&
        row.from < draft.from,
    )
    return successor ? { ...row, until: addDays(successor.from, -1) } : row
  })
  return [...closed, ...drafted]
}

/**
 * All that is wrong with a row before it may come into force (A9-2, A9-3, A15-1).
 * @param rows rows of the same jurisdiction that are in force on the candidate's first day or come later (for `restsOn`
 *   also those of its parents)
 */
export function standardFaults(rows: readonly Standard[], candidate: StandardCandidate): StandardFault[] {
  const definition = definitionOf(candidate.code)
  if (!definition)
    return [
      refuse(
        'unknown-code',
        'code',
        `没有编号为“${candidate.code}”的标准。`,
        '请从标准目录中选择；新增实物定额以 item. 开头，服务标准以 service. 开头，支出定额以 quota. 开头，开支标准以 spending. 开头。',
      ),
    ]
  const own = rows.filter((row) => row.code === candidate.code && row.jurisdictionCode === candidate.jurisdictionCode)
  const form = formFaults(definition, candidate.value)
  const value = form.value
  return [
    ...identityFaults(definition, candidate),
    ...form.faults,
    ...periodFaults(own, candidate),
    ...restFaults(rows, candidate),
    ...(value === null
      ? []
      : [...rankFaults(definition, own, candidate, value), ...changeFaults(own, candidate, value)]),
    ...(value === null ? [] : pairFaults(rows, candidate, value)),
  ]
}

function identityFaults(definition: StandardDefinition, candidate: StandardCandidate): StandardFault[] {
  const faults: StandardFault[] = []
  if (candidate.title.trim() === '') faults.push(refuse('title-missing', 'title', '没有标准名称。', '请填写标准名称。'))
  if (candidate.citation.trim() === '')
    faults.push(
      refuse('citation-missing', 'citation', '没有依据。', '请填写文件名称、文号和条款；没有文件的写明“项目默认值”。'),
    )
  if (candidate.kind !== definition.kind)
    faults.push(
      refuse(
        'kind-mismatch',
        'kind',
        `“${candidate.code}”是${standardKindLabels[definition.kind]}，不是${standardKindLabels[candidate.kind]}。`,
        `请将类别改为${standardKindLabels[definition.kind]}。`,
      ),
    )
  if (candidate.level !== null && !definition.dimensions.includes('level'))
    faults.push(refuse('level-not-used', 'level', '该标准不分层级。', '请清空适用层级。'))
  if (candidate.rank !== null && !definition.dimensions.includes('rank'))
    faults.push(refuse('rank-not-used', 'rank', '该标准不分职务层次。', '请清空适用职务层次。'))
  const own = levelOf(candidate.jurisdictionCode)
  if (candidate.level !== null && levels.indexOf(candidate.level) < levels.indexOf(own))
    faults.push(
      refuse(
        'level-above-jurisdiction',
        'level',
        `${levelLabels[own]}的标准不能规定${levelLabels[candidate.level]}机关。`,
        '请选择本级或者下级机关。',
      ),
    )
  if (/项目默认值/.test(candidate.citation) && candidate.confidence !== 'D' && candidate.confidence !== 'C')
    faults.push(
      refuse(
        'confidence-too-high',
        'confidence',
        '项目默认值没有文件依据，不能标为已核实。',
        '请将可信程度改为C或者D。',
      ),
    )
  return faults
}

function formFaults(definition: StandardDefinition, given: unknown): { value: Value | null; faults: StandardFault[] } {
  const form = typeof given === 'object' && given !== null && 'form' in given ? given.form : undefined
  if (form !== definition.form)
    return {
      value: null,
      faults: [
        refuse(
          'form-mismatch',
          'value.form',
          `“${definition.title || definition.code}”的形式应为${standardFormLabels[definition.form]}。`,
          `请按${standardFormLabels[definition.form]}填写。`,
        ),
      ],
    }
  const parsed = StandardValue.safeParse(given)
  if (!parsed.success)
    return {
      value: null,
      faults: parsed.error.issues.map((issue) =>
        refuse('value-wrong', ['value', ...issue.path].join('.'), valueMessage(issue), '请按该形式的要求改正这一项。'),
      ),
    }
  const faults = valueFaults(parsed.data).map(({ path, message, remedy }) =>
    refuse('value-contradicts', `value.${path}`, message, remedy),
  )
  return { value: parsed.data, faults }
}

/** Messages of our own schemas are whole sentences; those of the schema library are put into words here. */
function valueMessage({ message, code }: { message: string; code?: string }): string {
  if (message.endsWith('。')) return message
  switch (code) {
    case 'too_small':
      return '数值过小或者内容为空。'
    case 'too_big':
      return '数值过大。'
    default:
      return '内容不完整或者类型不对。'
  }
}

const sameKey = (row: Standard, candidate: StandardCandidate) =>
  row.level === candidate.level && row.rank === candidate.rank
const endless = '9999-12-31'

function periodFaults(own: readonly Standard[], candidate: StandardCandidate): StandardFault[] {
  const { from, until } = candidate
  if (!isLocalDate(from)) return [refuse('date-wrong', 'from', '开始日期无效。', '请填写 2026-01-01 这样的日期。')]
  if (until !== null && !isLocalDate(until))
    return [refuse('date-wrong', 'until', '截止日期无效。', '请填写 2026-12-31 这样的日期，或者留空。')]
  if (until !== null && until < from)
    return [refuse('period-reversed', 'until', `截止日期${until}早于开始日期${from}。`, '请改正日期。')]
  const rows = own.filter((row) => sameKey(row, candidate))
  const overlapping = rows.filter(
    (row) =>
      row.from <= (until ?? endless) &&
      from <= (row.until ?? endless) &&
      // The row in force now is closed by its successor the day before: no overlap.
      !(row.until === null && row.from < from),
  )
  const faults = overlapping.map((row) =>
    refuse(
      'period-overlap',
      'from',
      `与${row.from}起${row.until === null ? '' : `至${row.until}`}的版本（${valueText(row.value)}）期间重叠。`,
      row.from >= from
        ? '请将截止日期改到该版本开始之前，或者先处理该版本。'
        : `请将开始日期改为${addDays(row.until ?? from, 1)}或以后。`,
    ),
  )
  const before = rows
    .map((row) => row.until)
    .filter((last) => last !== null)
    .filter((last) => last < from)
    .toSorted()
    .at(-1)
  const open = rows.some((row) => row.until === null && row.from < from)
  if (faults.length === 0 && !open && before !== undefined && addDays(before, 1) < from)
    faults.push(
      attention(
        'period-gap',
        'from',
        `上一版本于${before}截止，到${from}之间没有标准。`,
        `请将开始日期改为${addDays(before, 1)}，或者说明空档原因。`,
      ),
    )
  return faults
}

/** A9-3: money rests on quotas and service standards, and says on which. */
function restFaults(rows: readonly Standard[], candidate: StandardCandidate): StandardFault[] {
  const money = candidate.kind === 'expenditure-quota' || candidate.kind === 'spending-standard'
  if (money && candidate.restsOn.length === 0)
    return [
      refuse(
        'rests-on-missing',
        'restsOn',
        `${standardKindLabels[candidate.kind]}没有说明依据哪些实物定额和服务标准。`,
        '请选择所依据的实物定额或者服务标准（条例第九条第二款）。',
      ),
    ]
  return candidate.restsOn.flatMap((code) => {
    const kind = rows.find((row) => row.code === code)?.kind ?? definitionOf(code)?.kind
    if (code === candidate.code) return [refuse('rests-on-itself', 'restsOn', '标准不能以自己为依据。', '请移除该项。')]
    if (kind === undefined)
      return [refuse('rests-on-unknown', 'restsOn', `没有编号为“${code}”的标准。`, '请从现行标准中选择。')]
    if (money && kind !== 'physical-quota' && kind !== 'service-standard')
      return [
        refuse(
          'rests-on-wrong-kind',
          'restsOn',
          `“${code}”是${standardKindLabels[kind]}，不能作为支出标准的依据。`,
          '请选择实物定额或者服务标准。',
        ),
      ]
    return []
  })
}

/** A higher rank never gets less at the same level (office areas, furniture, allowances). */
function rankFaults(
  definition: StandardDefinition,
  own: readonly Standard[],
  candidate: StandardCandidate,
  value: Value,
): StandardFault[] {
  const { rank } = candidate
  const size = magnitude(value)
  if (!definition.growsWithRank || rank === null || size === null) return []
  const together = own.filter(
    (row) =>
      row.level === candidate.level &&
      row.rank !== null &&
      row.rank !== rank &&
      row.from <= (candidate.until ?? endless) &&
      candidate.from <= (row.until ?? endless),
  )
  return together.flatMap((row) => {
    const other = magnitude(row.value)
    if (other === null || row.rank === null) return []
    const higher = isHigher(row.rank, rank)
    if (higher ? other >= size : other <= size) return []
    return [
      refuse(
        'rank-order-broken',
        'value',
        `${rankLabels[rank]}（${valueText(value)}）${higher ? '高于' : '低于'}${rankLabels[row.rank]}（${valueText(row.value)}）：职务层次高的不能少于低的。`,
        '请核对数值；确需同时调整的，把相关职务层次一并列入草案。',
      ),
    ]
  })
}

function isHigher(a: Rank, b: Rank): boolean {
  return ranks.indexOf(a) < ranks.indexOf(b)
}

function changeFaults(own: readonly Standard[], candidate: StandardCandidate, value: Value): StandardFault[] {
  const predecessor = own.find((row) => sameKey(row, candidate) && row.until === null && row.from < candidate.from)
  if (!predecessor || !sameValue(predecessor.value, value) || predecessor.citation !== candidate.citation) return []
  return [
    attention(
      'no-change',
      'value',
      `与现行版本（${valueText(predecessor.value)}）内容和依据相同。`,
      '请核对是否需要发布新版本。',
    ),
  ]
}

/** Codes that give one figure in two tables: the price of a vehicle on a demand line and at purchase. */
const pairs: Readonly<Record<string, string>> = {
  'item.vehicle-confidential': 'vehicle.cap-confidential',
  'item.vehicle-emergency': 'vehicle.cap-emergency',
  'item.vehicle-enforcement': 'vehicle.cap-enforcement',
  'item.vehicle-other': 'vehicle.cap-other',
  'item.vehicle-new-energy': 'vehicle.cap-new-energy',
}

function pairFaults(rows: readonly Standard[], candidate: StandardCandidate, value: Value): StandardFault[] {
  const twin = pairs[candidate.code] ?? Object.entries(pairs).find(([, purchase]) => purchase === candidate.code)?.[0]
  const price = priceOf(value)
  if (twin === undefined || price === null) return []
  return rows
    .filter(
      (row) =>
        row.code === twin && row.from <= (candidate.until ?? endless) && candidate.from <= (row.until ?? endless),
    )
    .filter((row) => priceOf(row.value) !== price)
    .map((row) =>
      attention(
        'figures-differ',
        'value',
        `与“${row.title}”（${valueText(row.value)}）的价格上限不一致。`,
        '请把两项一并调整。',
      ),
    )
}

function priceOf(value: Value): number | null {
  if (value.form === 'item') return value.priceCapFen
  return value.form === 'vehicle-cap' ? value.base.priceCapFen : null
}
