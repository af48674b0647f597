import { isLocalDate } from '#kernel/pure/local-date.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { allOf, allowed, provided, refused, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import type { CardFacts, Detail } from '../model.ts'
import { classOf, presentCode } from '../model/classes.ts'
import { isCustomKey, type CustomField } from '../model/custom-field.ts'

/** Of each field the version that counts on a day, retired ones left out; in the order in which they were first made. */
export function fieldsOn<F extends CustomField>(versions: readonly F[], on: string): F[] {
  const counting = new Map<string, F>()
  for (const version of versions.toSorted((a, b) => a.version - b.version))
    if (version.from <= on) counting.set(version.id, version)
  return [...counting.values()].filter(({ retired }) => !retired)
}

/** Whether a field belongs to the cards of a class; codes of older editions count as what they are today. */
export function belongsTo(
  field: Pick<CustomField, 'classPrefix'>,
  card: Pick<CardFacts, 'classCode' | 'classEdition'>,
): boolean {
  const assetClass = classOf(card.classEdition, card.classCode)
  return (assetClass ? (presentCode(assetClass) ?? '') : '').startsWith(field.classPrefix)
}

/** What a card shows: the fields of its class in force, and any other it has a value of, by its last words. */
export function shownFields<F extends CustomField>(
  versions: readonly F[],
  card: Pick<CardFacts, 'classCode' | 'classEdition' | 'detail'>,
  on: string,
): F[] {
  const counting = fieldsOn(versions, on).filter((field) => belongsTo(field, card))
  const last = new Map(versions.map((version) => [version.id, version]))
  const others = [...last.values()].filter(
    ({ id }) => card.detail[id] !== undefined && !counting.some((field) => field.id === id),
  )
  return [...counting, ...others.map((field) => ({ ...field, retired: true }))]
}

const empty = (value: unknown): boolean => value === undefined || value === null || value === ''

/** What is wrong with a value of a field; null when it is right. */
export function valueFault({ kind, choices }: CustomField, value: unknown): string | null {
  switch (kind) {
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > 1e12) return '应为数字。'
      // A workbook holds no more of a number; what it cannot hold would not come back from it.
      return Number(value.toPrecision(15)) === value ? null : '最多15位有效数字。'
    case 'date':
      return typeof value === 'string' && isLocalDate(value) ? null : '应为日期，如2026-11-23。'
    case 'choice':
      return typeof value === 'string' && choices.includes(value) ? null : `应为${choices.join('、')}之一。`
    case 'text':
      return typeof value === 'string' && value.length <= 200 ? null : '应为200字以内的文字。'
  }
}

/**
 * Whether a card's custom values are what the fields in force ask for: typed, known, none missing (A12-2). What is left as it
 * was is not judged anew, so that a choice that is no longer offered may stay.
 */
export function checkCustomValues(
  fields: readonly CustomField[],
  card: Pick<CardFacts, 'classCode' | 'classEdition'>,
  before: Detail,
  after: Detail,
): Verdict {
  const own = fields.filter((field) => belongsTo(field, card))
  const byId = new Map(own.map((field) => [field.id, field]))
  const changed = Object.entries(after).filter(
    ([key, value]) => isCustomKey(key) && !empty(value) && value !== before[key],
  )
  return allOf(
    ...changed.map(([key, value]) => {
      const field = byId.get(key)
      if (!field)
        return refused({
          code: 'custom-field-unknown',
          message: '所填的自定义字段不适用于该分类，或已经停用。',
          remedy: '请刷新后重新填写。',
        })
      const fault = valueFault(field, value)
      return fault === null
        ? allowed
        : refused({ code: 'custom-field-value', message: `“${field.name}”${fault}`, remedy: '请核对后改正。' })
    }),
    ...own
      .filter(({ id, required }) => required && empty(after[id]))
      .map(({ name }) =>
        refused({ code: 'custom-field-missing', message: `没有填写“${name}”。`, remedy: '本级要求该分类的资产填写。' }),
      ),
  )
}

/** A detail as it is kept: empty values are none, whatever field they are of, and values of fields that no longer count stay where nobody sees them to send. */
export function keptDetail(fields: readonly CustomField[], before: Detail, after: Detail): Detail {
  const counting = new Set(fields.map(({ id }) => id))
  const kept = Object.entries(before).filter(([key]) => isCustomKey(key) && !counting.has(key))
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(Object.entries(after).filter(([, value]) => !empty(value))),
  }
}

/** Whether two details say the same, in whatever order; empty is as good as left out. */
export function sameDetail(one: Detail, other: Detail): boolean {
  return [...Object.keys(one), ...Object.keys(other)].every((key) =>
    empty(one[key]) ? empty(other[key]) : one[key] === other[key],
  )
}

/** The most fields a level defines: more would hide what matters. */
export const mostFields = 100

type Wanted = Pick<CustomField, 'name' | 'kind' | 'unit' | 'choices' | 'from' | 'classPrefix'>

/**
 * Whether a field may be defined or become another version.
 * @param taken titles that columns of workbooks have already
 * @param last the version before; null for a new field
 */
export function mayDefine(
  wanted: Wanted,
  {
    versions,
    last,
    taken,
    today,
  }: {
    versions: readonly CustomField[]
    last: CustomField | null
    taken: readonly string[]
    today: string
  },
): Verdict {
  const { name, kind, choices, from, classPrefix } = wanted
  const others = fieldsOn(versions, '9999-12-31').filter(({ id }) => id !== last?.id)
  const clash = others.find((one) => one.name === name)
  return allOf(
    provided(last === null || !last.retired, {
      code: 'field-retired',
      message: '该字段已经停用，不能再修改。',
      remedy: '需要时请新建字段。',
    }),
    provided(from >= today && (last === null || from >= last.from), {
      code: 'field-from',
      message: `起用日期不能早于今天${last !== null && last.from > today ? `，也不能早于上一版的${last.from}` : ''}。`,
      remedy: '以前登记的卡片不受影响，请改为今天或以后的日期。',
    }),
    provided(!taken.includes(name), {
      code: 'field-taken',
      message: `“${name}”是资产卡片已有的项目。`,
      remedy: '请直接使用该项目，或换一个名称。',
    }),
    provided(clash === undefined, {
      code: 'field-taken',
      message: `已有名称为“${name}”的自定义字段。`,
      remedy: '请换一个名称，或修改原来的字段。',
    }),
    provided(last !== null || others.length < mostFields, {
      code: 'too-many-fields',
      message: `自定义字段最多${mostFields}个。`,
      remedy: '请先停用不再需要的字段。',
    }),
    provided(kind !== 'choice' || new Set(choices).size >= 2, {
      code: 'field-choices',
      message: '选项字段至少要有两个不同的选项。',
      remedy: '请补充选项。',
    }),
    provided(kind === 'choice' || choices.length === 0, {
      code: 'field-choices',
      message: '只有选项字段可以填写选项。',
      remedy: '请去掉选项，或把类型改为“选项”。',
    }),
    provided(secrecyMarkIn([name, ...choices].join('\n')) === null, {
      code: 'A44-1',
      message: '字段名称或选项带有密级标志。本系统为非涉密系统，涉密资产不得登记。',
      basis: law.secrecy,
    }),
    provided(classOf('2022', classPrefix) !== null, {
      code: 'class-unknown',
      message: `国标分类（2022版）中没有代码“${classPrefix}”。`,
      remedy: '请从分类表中选择。',
    }),
  )
}
