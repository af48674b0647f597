import { factLabel, factText } from './fact-text.ts'

/** One place where two decisions, or their inputs, differ. */
export type Difference = {
  /** Keys joined by `/`; elements by what they are called where that is plain (`findings/PLAN-R02 quantity/outcome`). */
  path: string
  /** The same in words: 核对结果 › PLAN-R02 quantity › 判断. */
  label: string
  /** In words; null where there is nothing on this side. */
  before: string | null
  after: string | null
}

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined }

/** Chinese names of the parts of a decision. */
const words: Readonly<Record<string, string>> = {
  findings: '核对结果',
  conclusion: '结论',
  says: '表述',
  values: '数值',
  rule: '规则',
  outcome: '判断',
  basis: '条款',
  norm: '规范',
  citation: '出处',
  field: '栏目',
  message: '说明',
  remedy: '办法',
  facts: '输入',
  parameters: '标准',
  code: '代码',
  version: '标准版本',
  title: '名称',
  value: '数值',
  from: '施行日',
  until: '截止日',
  projectDefault: '项目默认值',
  steps: '计算',
  label: '项目',
  expression: '算式',
  result: '结果',
  operands: '算式中的数',
  unit: '单位',
}

/**
 * Where two pieces of plain JSON differ, deeply; empty exactly when they are equal (a missing member equals an undefined
 * one). Findings, standards and steps are compared with their own kind, so that one more of them is one difference.
 * @param labels Chinese names of further keys, e.g. of a kind's inputs
 */
export function differences(
  before: unknown,
  after: unknown,
  labels: Readonly<Record<string, string>> = {},
): Difference[] {
  const found: Difference[] = []
  compare(before as Json, after as Json, [], [], { ...words, ...labels }, found)
  return found
}

function compare(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[],
  names: readonly string[],
  labels: Readonly<Record<string, string>>,
  found: Difference[],
): void {
  if (Object.is(before, after)) return
  if (isList(before) && isList(after)) return compareLists(before, after, path, names, labels, found)
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compare(own(before, key), own(after, key), [...path, key], [...names, own(labels, key) ?? key], labels, found)
    return
  }
  const name = names.at(-1) ?? ''
  found.push({ path: path.join('/'), label: joined(names), before: shown(name, before), after: shown(name, after) })
}

/** What a record itself has: data may have members called as those every object has. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** Names of the way there; amounts in 分 are shown in yuan and named so. */
function joined(names: readonly string[]): string {
  return names.map(factLabel).join(' › ')
}

function compareLists(
  before: readonly Json[],
  after: readonly Json[],
  path: readonly string[],
  names: readonly string[],
  labels: Readonly<Record<string, string>>,
  found: Difference[],
): void {
  const [beforeNames, afterNames] = [before.map(calledOf), after.map(calledOf)]
  const named = distinct(beforeNames) && distinct(afterNames)
  if (!named) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      const place = `${index + 1}`
      compare(before[index], after[index], [...path, place], [...names, `第${place}项`], labels, found)
    }
    return
  }
  const [beforeByName, afterByName] = [byName(beforeNames, before), byName(afterNames, after)]
  for (const name of new Set([...beforeByName.keys(), ...afterByName.keys()]))
    compare(beforeByName.get(name), afterByName.get(name), [...path, name], [...names, name], labels, found)
  const common = (all: readonly (string | null)[], other: ReadonlyMap<string, Json>) =>
    all.filter((name) => other.has(name as string)).join('、')
  const [order, newOrder] = [common(beforeNames, afterByName), common(afterNames, beforeByName)]
  if (order !== newOrder)
    found.push({
      path: [...path, 'order'].join('/'),
      label: joined([...names, '顺序']),
      before: order,
      after: newOrder,
    })
}

/** What an element of a list is called: a finding by rule and field, a standard by its code, a step by its label. */
function calledOf(element: Json): string | null {
  if (!isRecord(element)) return null
  const [rule, field, code, label] = ['rule', 'field', 'code', 'label'].map((key) => own(element, key))
  if (typeof rule === 'string') return typeof field === 'string' ? `${rule} ${field}` : rule
  if (typeof code === 'string') return code
  return typeof label === 'string' ? label : null
}

function distinct(names: readonly (string | null)[]): boolean {
  return names.every((name) => name !== null) && new Set(names).size === names.length
}

function byName(names: readonly (string | null)[], elements: readonly Json[]): Map<string, Json> {
  return new Map(names.map((name, index) => [name as string, elements[index] as Json]))
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A whole finding or standard is shown by what it says. */
function shown(name: string, value: Json | undefined): string | null {
  if (value === undefined) return null
  if (!isList(value) && !isRecord(value)) return factText(name, value)
  if (isRecord(value)) {
    const { message, title, value: figure, label, expression, result } = value
    if (typeof message === 'string') return message
    if (typeof title === 'string' && typeof figure === 'string') return `${title}：${figure}`
    if (typeof label === 'string' && typeof expression === 'string')
      return `${label}：${expression} ＝ ${String(result)}`
  }
  return JSON.stringify(value)
}
