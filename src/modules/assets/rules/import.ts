import {
  emptyCell,
  isBlank,
  plainText,
  readChoice,
  readDate,
  readInteger,
  readMoney,
  readYesNo,
  shownCell,
  type Choice,
  type RawCell,
  type Reading,
} from '#kernel/pure/cell-reading.ts'
import { moneyUnitIn } from '#kernel/pure/money.ts'
import { columnName, type ColumnWanted } from '#kernel/pure/sheet-layout.ts'
import type { Finding, Refusal } from '#kernel/pure/verdict.ts'
import type { StandardTable } from '#modules/standards/rules/in-force.ts'
import {
  acquiringLabels,
  acquiringWays,
  settableStates,
  stateLabels,
  valueKindLabels,
  valueKinds,
  type CardFacts,
  type Detail,
  type ImportProblem,
} from '../model.ts'
import { detailFields, detailKind } from '../model/detail.ts'
import { detailFieldOf, type CustomField } from '../model/custom-field.ts'
import { cardField, longestOf, type CardFieldName } from '../model/fields.ts'
import { lines, oneLine } from '../model/said.ts'
import { classOf, presentClasses, type AssetClass } from '../model/classes.ts'
import { checkFacts, checkSecrecy } from './card.ts'
import { belongsTo } from './custom-field.ts'
import { checkMonths, leastMonths } from './depreciation.ts'

/** Columns of a card workbook with the names they go by; the first is the one of our template. Other modules' fields among them. */
export const cardColumns = (): ColumnWanted[] => [
  wanted('number'),
  wanted('name', true),
  { key: 'classCode', titles: ['分类代码', '国标分类代码', '资产分类代码', '资产分类', '分类'], required: true },
  { key: 'classEdition', titles: ['分类版本', '国标版本'] },
  ...(['model', 'serialNumber', 'quantity', 'unit'] as const).map((name) => wanted(name)),
  wanted('costFen', true),
  ...(['fiscalFen', 'valueKind'] as const).map((name) => wanted(name)),
  wanted('acquiredOn', true),
  ...(['acquiredBy', 'bookedOn', 'depreciationMonths'] as const).map((name) => wanted(name)),
  { key: 'accumulatedFen', titles: ['累计折旧', '累计折旧额', '已提折旧'] },
  ...(
    [
      'department',
      'userName',
      'custodianName',
      'place',
      'state',
      'supplier',
      'contractNumber',
      'invoiceNumber',
      'voucherNumber',
      'warrantyUntil',
      'inspectionDue',
      'note',
    ] as const
  ).map((name) => wanted(name)),
  ...detailColumns(),
]

/** Columns of custom fields, by their names. */
export function columnsOf(fields: readonly CustomField[]): ColumnWanted[] {
  return fields.map(({ id, name, unit }) => ({
    key: `detail.${id}`,
    titles: [name, ...(unit ? [`${name}（${unit}）`] : [])],
  }))
}

function wanted(name: CardFieldName, required = false): ColumnWanted {
  const { title, also = [] } = cardField(name)
  return { key: name, titles: [title, ...also], ...(required ? { required } : {}) }
}

/** Fields of the typed details, once each by its title; which of them count follows from the class of the row. */
function detailColumns(): ColumnWanted[] {
  return detailFields().map(({ key, title, also = [] }) => ({ key: `detail.${key}`, titles: [title, ...also] }))
}

/** Where each wanted column stands and what its title says its money is in. */
export type ReadColumn = Readonly<{ key: string; title: string; index: number; unit: string | null }>
export type CellsByKey = Readonly<Record<string, RawCell>>
/** What of the organ and the standards a row is judged by. */
export type ImportGround = Readonly<{
  organId: string
  jurisdictionCode: string
  today: string
  standards: StandardTable
  /** Custom fields of the level in force. */
  fields: readonly CustomField[]
}>
export type ReadRow = {
  /** Null while something is wrong. */
  facts: CardFacts | null
  /** What earlier books charged, where the row says so. */
  accumulatedFen: number | null
  /** As the row says it, whatever else is wrong. */
  number: string
  problems: Omit<ImportProblem, 'row' | 'sheet'>[]
}

const choicesOf = <V extends string>(labels: Readonly<Record<V, string>>, of: readonly V[]): Choice<V>[] =>
  of.map((value) => ({ value, label: labels[value] }))
const acquiringChoices = choicesOf(acquiringLabels, acquiringWays)
const valueKindChoices = choicesOf(valueKindLabels, valueKinds)
const stateChoices: Choice<(typeof settableStates)[number]>[] = choicesOf(stateLabels, settableStates).map(
  (choice) => ({
    ...choice,
    also:
      choice.value === 'in-use' ? ['使用', '正常', '正常使用'] : choice.value === 'repair' ? ['维修', '维修中'] : [],
  }),
)

/** Fields a refusal of the rules is shown at; the first column of the row where it names none. */
const fieldOfCode: Readonly<Record<string, string>> = {
  'class-unknown': 'classCode',
  'class-group': 'classCode',
  'funding-differs': 'fiscalFen',
  'value-kind': 'costFen',
  'nominal-value': 'costFen',
  'future-date': 'acquiredOn',
  'booked-before-acquired': 'bookedOn',
  'no-depreciation': 'depreciationMonths',
}

/** Reads one row as a card; what is certain is taken, what is not is a problem at its cell, and every problem is told. */
export function readCardRow(cells: CellsByKey, columns: readonly ReadColumn[], ground: ImportGround): ReadRow {
  const problems: ReadRow['problems'] = []
  const at = new Map(columns.map((column) => [column.key, column]))
  const cellOf = (key: string): RawCell => cells[key] ?? emptyCell
  const complain = (key: string, code: string, message: string) => {
    const column = at.get(key)
    const title =
      column?.title ?? [...cardColumns(), ...columnsOf(ground.fields)].find((one) => one.key === key)?.titles[0] ?? key
    problems.push({
      columnKey: key,
      column: column ? columnName(column.index) : '',
      title,
      found: code === 'A44-1' ? '' : shownCell(cellOf(key)).slice(0, 100),
      code,
      message: `“${title}”：${message}`,
    })
  }
  const take = <T>(key: string, reading: Reading<T>): T | null => {
    if (!('problem' in reading)) return reading.value
    complain(key, 'unreadable', reading.problem)
    return null
  }
  const text = (key: CardFieldName) => take(key, readSaid(cellOf(key), longestOf(key), key === 'note')) ?? ''
  const unreadable = new Set<string>()
  const needed = <T>(key: string, value: T | null, what: string): T | null => {
    if (value !== null && value !== '') return value
    if (!problems.some(({ columnKey }) => columnKey === key)) complain(key, 'missing', `没有填写${what}。请补上。`)
    unreadable.add(key)
    return null
  }
  const name = needed('name', text('name'), '资产名称')
  const assetClass = needed('classCode', classIn(cells, complain), '分类代码')
  const costFen = needed(
    'costFen',
    take('costFen', readMoney(cellOf('costFen'), moneyUnitIn(at.get('costFen')?.unit ?? '') ?? '元')),
    '原值',
  )
  const acquiredOn = needed('acquiredOn', take('acquiredOn', readDate(cellOf('acquiredOn'))), '取得日期')
  const quantity = take('quantity', readInteger(cellOf('quantity'))) ?? 1
  if (quantity < 1) complain('quantity', 'unreadable', '应为正整数。请改正。')
  const fiscal = take('fiscalFen', readMoney(cellOf('fiscalFen'), moneyUnitIn(at.get('fiscalFen')?.unit ?? '') ?? '元'))
  const valueKind =
    take('valueKind', readChoice(cellOf('valueKind'), valueKindChoices, '价值类型')) ??
    (costFen === 0 ? 'none' : 'cost')
  const bookedOn = take('bookedOn', readDate(cellOf('bookedOn'))) ?? acquiredOn
  const months = take('depreciationMonths', readInteger(cellOf('depreciationMonths')))
  const accumulatedFen = take(
    'accumulatedFen',
    readMoney(cellOf('accumulatedFen'), moneyUnitIn(at.get('accumulatedFen')?.unit ?? '') ?? '元'),
  )
  const state = take('state', readChoice(cellOf('state'), stateChoices, '使用状况')) ?? 'in-use'
  const acquiredBy = take('acquiredBy', readChoice(cellOf('acquiredBy'), acquiringChoices, '取得方式')) ?? 'purchase'
  const rest = {
    number: text('number'),
    model: text('model'),
    serialNumber: text('serialNumber'),
    department: text('department'),
    place: text('place'),
    userName: text('userName'),
    custodianName: text('custodianName'),
    supplier: text('supplier'),
    contractNumber: text('contractNumber'),
    invoiceNumber: text('invoiceNumber'),
    voucherNumber: text('voucherNumber'),
    note: text('note'),
    warrantyUntil: take('warrantyUntil', readDate(cellOf('warrantyUntil'))),
    inspectionDue: take('inspectionDue', readDate(cellOf('inspectionDue'))),
    detail: assetClass ? detailOf(cells, assetClass, ground.fields, take) : {},
  }
  if (assetClass)
    for (const { id, name: title, required } of customFieldsOf(assetClass, ground.fields))
      if (required && rest.detail[id] === undefined && !problems.some(({ columnKey }) => columnKey === `detail.${id}`))
        complain(`detail.${id}`, 'missing', `没有填写${title}。请补上。`)
  const marked = checkSecrecy({ ...rest, name: name ?? '' })
  if (!marked.ok) for (const refusal of marked.refusals) complain('name', refusal.code, refusal.message)
  if (
    name === null ||
    assetClass === null ||
    costFen === null ||
    acquiredOn === null ||
    bookedOn === null ||
    problems.length > 0
  )
    return { facts: null, accumulatedFen, number: rest.number, problems }
  const facts: CardFacts = {
    ...rest,
    organId: ground.organId,
    jurisdictionCode: ground.jurisdictionCode,
    classCode: assetClass.code,
    classEdition: assetClass.edition,
    name,
    unit: text('unit') || assetClass.unit,
    quantity,
    valueKind,
    costFen,
    fiscalFen: fiscal ?? costFen,
    otherFen: costFen - (fiscal ?? costFen),
    acquiredOn,
    acquiredBy,
    bookedOn,
    // The least of its class unless the workbook says more; old books often leave it out.
    depreciationMonths: months || leastMonths(ground.standards, assetClass, valueKind),
    state,
    custodianId: null,
  }
  if (facts.otherFen < 0) complain('fiscalFen', 'funding-differs', '财政资金大于原值。请核对。')
  if (accumulatedFen !== null && accumulatedFen > costFen)
    complain('accumulatedFen', 'AST-R05', '累计折旧大于原值。请核对。')
  else if (accumulatedFen && facts.depreciationMonths === null)
    complain('accumulatedFen', 'no-depreciation', '该资产不计提折旧，累计折旧应为空。')
  const verdict = checkFacts(facts, ground.today)
  for (const refusal of verdict.ok ? [] : verdict.refusals) complain(fieldFor(refusal), refusal.code, worded(refusal))
  // Of the findings of a card only its months can block; the rest is told on the card.
  const life = lifeFinding(ground.standards, assetClass, facts)
  if (life?.outcome === 'block') complain('depreciationMonths', life.rule, `${life.message}${life.remedy ?? ''}`)
  return { facts: problems.length === 0 ? facts : null, accumulatedFen, number: facts.number, problems }
}

/** Findings by class and months: thousands of rows ask for a few. */
const lives = new WeakMap<StandardTable, Map<string, Finding | null>>()

function lifeFinding(table: StandardTable, assetClass: AssetClass, facts: CardFacts): Finding | null {
  const known = lives.get(table) ?? new Map<string, Finding | null>()
  lives.set(table, known)
  const key = `${assetClass.depreciation} ${facts.depreciationMonths}`
  const finding = known.get(key) ?? checkMonths(table, assetClass, facts)
  known.set(key, finding)
  return finding
}

const fieldFor = ({ code }: Refusal): string => fieldOfCode[code] ?? 'name'
const worded = ({ message, remedy }: Refusal): string => [message, remedy].filter(Boolean).join('')

/** `A02010105`, `A02010105 台式计算机` or the name alone; never a guess between editions or classes. */
function classIn(cells: CellsByKey, complain: (key: string, code: string, message: string) => void): AssetClass | null {
  const said = plainText(shownCell(cells['classCode'] ?? emptyCell))
  if (said === '') return null
  const edition = plainText(shownCell(cells['classEdition'] ?? emptyCell)).match(/20(10|13|22)/)?.[0] ?? '2022'
  const asked = edition === '2010' || edition === '2013' ? '2013' : '2022'
  const code = /^A\d{2,14}/i.exec(said)?.[0]?.toUpperCase()
  const found = code
    ? classOf(asked, code)
    : (presentClasses.filter(({ name }) => name === said.replace(/\s/g, ''))[0] ?? null)
  if (found?.leaf) return found
  const near = code ? classOf('2013', code) : null
  complain(
    'classCode',
    found ? 'class-group' : 'class-unknown',
    found
      ? `“${said}”是分类的门类，请填写具体的分类代码。`
      : near
        ? `“${said}”不在2022版分类中；在2013版中为“${near.name}”，2022版代码为${near.now}。请改正，或在“分类版本”列填写版本。`
        : `没有“${said}”这个分类。请从分类表中选择。`,
  )
  return null
}

const customFieldsOf = ({ code, edition }: AssetClass, fields: readonly CustomField[]) =>
  fields.filter((field) => belongsTo(field, { classCode: code, classEdition: edition }))

function detailOf(
  cells: CellsByKey,
  assetClass: AssetClass,
  custom: readonly CustomField[],
  take: <T>(key: string, reading: Reading<T>) => T | null,
): Detail {
  const values: Detail = {}
  const fields = [...detailKind(assetClass.detail).fields, ...customFieldsOf(assetClass, custom).map(detailFieldOf)]
  for (const { key, kind, choices = [] } of fields) {
    const cell = cells[`detail.${key}`] ?? emptyCell
    const value =
      kind === 'yes-no'
        ? take(`detail.${key}`, readYesNo(cell))
        : kind === 'choice'
          ? take(
              `detail.${key}`,
              readChoice(
                cell,
                choices.map((choice) => ({ value: choice, label: choice })),
                '选项',
              ),
            )
          : kind === 'number'
            ? take(`detail.${key}`, readNumber(cell))
            : kind === 'date'
              ? take(`detail.${key}`, readDate(cell))
              : take(`detail.${key}`, readSaid(cell, 200, false))
    if (value !== null) values[key] = value
  }
  return values
}

/** A text as it stands in the cell, blanks within it and all: what a card says of itself comes back as it was. */
export function readSaid(cell: RawCell, longest: number, inLines: boolean): Reading<string> {
  if (isBlank(cell)) return { value: null, note: null }
  if (cell.kind === 'error') return { problem: `单元格是错误值“${cell.text}”。请在表格中改正后重新导入。` }
  const text = (inLines ? lines : oneLine)(shownCell(cell))
  return text.length > longest
    ? { problem: `文字有${text.length}个字，最多${longest}个。请精简。` }
    : { value: text, note: null }
}

/** A number as an office writes it: grouped, with its unit behind it. */
export function readNumber(cell: RawCell): Reading<number> {
  if (cell.kind === 'number') return { value: Number(shownCell(cell)), note: null }
  const said = plainText(shownCell(cell)).replaceAll(/[,，\s]/g, '')
  if (said === '') return { value: null, note: null }
  const found = /^(-?\d+(?:\.\d+)?)\D{0,10}$/u.exec(said)
  return found ? { value: Number(found[1]), note: null } : { problem: `应为数字，现为“${said}”。请改正。` }
}

/** The number a card keeps when its registration is withdrawn, so that its own is free for the right one. */
export const numberSetFree = ({ id, number }: { id: string; number: string }): string =>
  `${number.slice(0, 44)}（撤销${id.slice(-8)}）`

/** Titles of the template and what its cells offer. */
export const classChoices = (): string[] => presentClasses.map(({ code, name }) => `${code} ${name}`)
