import type { Act, Download } from '#kernel/server/context.ts'
import {
  spooledWorkbook,
  type SheetColumn,
  type SheetRow,
  type SheetToWrite,
} from '#kernel/server/spreadsheet/write-workbook.ts'
import { jurisdictionByCode } from '#modules/organs/offers.ts'
import { opinionLabels } from '#modules/plans/model.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import { changeKindLabels, scopeLabels, type Result, type Sums } from '../model.ts'
import { linesPage, organsPage, type RunRow } from '../store/run.ts'
import type { ScenarioRow } from '../store/scenario.ts'

const batch = 1000
const sandbox = '模拟测算，不影响现行数据；基准和方案均为按规则得出的审核建议，不是审核决定。'

const sumColumns: SheetColumn[] = [
  { title: '事项（行）', kind: 'number' },
  { title: '有变化（行）', kind: 'number' },
  { title: '申请（元）', kind: 'yuan' },
  { title: '方案下申请（元）', kind: 'yuan' },
  { title: '基准核定（元）', kind: 'yuan' },
  { title: '方案核定（元）', kind: 'yuan' },
  { title: '差额（元）', kind: 'yuan' },
  { title: '基准配置数量', kind: 'number' },
  { title: '方案配置数量', kind: 'number' },
]
function sumCells(sums: Sums): SheetRow {
  return [
    sums.lines,
    sums.changedLines,
    sums.askedFen,
    sums.scenarioAskedFen,
    sums.baseFen,
    sums.scenarioFen,
    sums.scenarioFen - sums.baseFen,
    sums.baseQuantity,
    sums.scenarioQuantity,
  ]
}

/** The result as a workbook: sums, by organ, by kind and thing, changed lines, and what was assumed on which ground. */
export async function resultWorkbook(act: Pick<Act, 'tx'>, scenario: ScenarioRow, run: RunRow): Promise<Download> {
  const result = run.result as Result
  const jurisdiction = await jurisdictionByCode(act.tx, scenario.jurisdictionCode)
  const heading = `${jurisdiction?.name ?? ''}${scenario.year}年度模拟测算：${scenario.title}`
  const lead = [heading, sandbox]
  return spooledWorkbook(`${heading.replace(/[\\/:*?"<>|]/g, '')}.xlsx`, [
    summarySheet(scenario, run, result, lead),
    {
      name: '按机关',
      lead,
      columns: [{ title: '机关', width: 32 }, { title: '行政区划', width: 14 }, ...sumColumns],
      rows: organRows(act, run.id),
      total: ['合计', '', ...sumCells(result.totals)],
    },
    ...(result.jurisdictions.length > 0 ? [jurisdictionSheet(result, lead)] : []),
    kindSheet(result, lead),
    linesSheet(act, run.id, result, lead),
    {
      name: '假设',
      lead,
      columns: [
        { title: '序号', kind: 'number', width: 8 },
        { title: '种类', width: 18 },
        { title: '对象', width: 34 },
        { title: '现行', width: 36 },
        { title: '方案', width: 36 },
        { title: '现行依据', width: 60 },
      ],
      rows: result.assumptions.map(({ kind, subject, from, to, citation }, index) => [
        index + 1,
        changeKindLabels[kind],
        subject,
        from,
        to,
        citation,
      ]),
    },
  ])
}

function summarySheet(
  scenario: ScenarioRow,
  run: RunRow,
  { totals, basis, opinions, organsMore, organsLess }: Result,
  lead: string[],
): SheetToWrite {
  const difference = totals.scenarioFen - totals.baseFen
  const money: [string, number][] = [
    ['申请金额', totals.askedFen],
    ['方案下申请金额', totals.scenarioAskedFen],
    ['基准核定金额', totals.baseFen],
    ['方案核定金额', totals.scenarioFen],
    ['差额（方案−基准）', difference],
    ['基准核定中集中统一管理', totals.centralisedBaseFen],
    ['方案核定中集中统一管理', totals.centralisedScenarioFen],
  ]
  const counts: [string, number][] = [
    ['事项（行）', totals.lines],
    ['审核结果有变化（行）', totals.changedLines],
    ['增加的机关（个）', organsMore],
    ['减少的机关（个）', organsLess],
    ['计入的需求申请（份）', basis.demands],
    ['尚未提交、没有计入（份）', basis.notSubmitted],
  ]
  return {
    name: '汇总',
    lead: [
      ...lead,
      `测算范围：${scopeLabels[scenario.scope]}；测算时间：${(run.finishedAt as Date).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })}；测算人：${run.askedByName}`,
    ],
    columns: [
      { title: '项目', width: 40 },
      { title: '金额（元）', kind: 'yuan', width: 20 },
      { title: '数量', kind: 'number' },
      { title: '基准（行）', kind: 'number' },
      { title: '方案（行）', kind: 'number' },
    ],
    rows: [
      ...money.map(([label, fen]): SheetRow => [label, fen, null, null, null]),
      ...counts.map(([label, count]): SheetRow => [label, null, count, null, null]),
      ...opinions.map(({ opinion, baseLines, scenarioLines }): SheetRow => [
        `审核意见：${opinionLabels[opinion]}`,
        null,
        null,
        baseLines,
        scenarioLines,
      ]),
    ],
  }
}

function jurisdictionSheet({ jurisdictions, totals }: Result, lead: string[]): SheetToWrite {
  return {
    name: '按行政区划',
    lead,
    columns: [{ title: '行政区划', width: 20 }, { title: '机关（个）', kind: 'number' }, ...sumColumns],
    rows: jurisdictions.map((row) => [row.name, row.organs, ...sumCells(row)]),
    total: ['合计', jurisdictions.reduce((sum, { organs }) => sum + organs, 0), ...sumCells(totals)],
  }
}

function kindSheet({ kinds, items }: Result, lead: string[]): SheetToWrite {
  return {
    name: '按类别',
    lead,
    columns: [{ title: '类别或物品', width: 30 }, { title: '单位', width: 8 }, ...sumColumns],
    rows: [
      ...kinds.map((row): SheetRow => [needKindLabels[row.needKind], '', ...sumCells(row)]),
      ...items.map((row): SheetRow => [`物品：${row.title}`, row.unit, ...sumCells(row)]),
    ],
  }
}

function linesSheet(act: Pick<Act, 'tx'>, runId: string, { linesKept, totals }: Result, lead: string[]): SheetToWrite {
  const left = totals.changedLines - linesKept
  return {
    name: '变化明细',
    lead: [
      ...lead,
      ...(left > 0 ? [`另有${left}行没有逐行列出：下级机关只列汇总，本级只列差额最大的${linesKept}行。`] : []),
    ],
    columns: [
      { title: '机关', width: 30 },
      { title: '事项', width: 24 },
      { title: '类别', width: 18 },
      { title: '单位', width: 8 },
      { title: '申请数量', kind: 'number' },
      { title: '申请（元）', kind: 'yuan' },
      { title: '基准意见', width: 20 },
      { title: '基准数量', kind: 'number' },
      { title: '基准核定（元）', kind: 'yuan' },
      { title: '方案意见', width: 20 },
      { title: '方案数量', kind: 'number' },
      { title: '方案核定（元）', kind: 'yuan' },
      { title: '差额（元）', kind: 'yuan' },
      { title: '原因', width: 60 },
      { title: '对应假设', width: 10 },
    ],
    rows: lineRows(act, runId),
  }
}

async function* organRows({ tx }: Pick<Act, 'tx'>, runId: string): AsyncGenerator<SheetRow> {
  for (let after: { differenceFen: number; place: number } | null = null; ;) {
    const page: Awaited<ReturnType<typeof organsPage>> = await organsPage(tx, runId, 'size', after, batch)
    for (const { row } of page) yield [row.organName, row.jurisdictionName, ...sumCells(row)]
    if (page.length < batch) return
    after = page.at(-1) ?? null
  }
}

async function* lineRows({ tx }: Pick<Act, 'tx'>, runId: string): AsyncGenerator<SheetRow> {
  for (let after = -1; ;) {
    const page = await linesPage(tx, runId, {}, after, batch)
    for (const { line } of page)
      yield [
        line.organName,
        line.itemName,
        line.needKind === null ? '' : needKindLabels[line.needKind],
        line.unit,
        line.askedQuantity,
        line.askedFen,
        opinionLabels[line.base.opinion],
        line.base.quantity,
        line.base.amountFen,
        opinionLabels[line.scenario.opinion],
        line.scenario.quantity,
        line.scenario.amountFen,
        line.scenario.amountFen - line.base.amountFen,
        line.reason,
        line.causes.join('、'),
      ]
    if (page.length < batch) return
    after = page.at(-1)?.place ?? after
  }
}
