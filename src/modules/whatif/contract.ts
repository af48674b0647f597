import { z } from 'zod'
import {
  defineContract,
  FileOutput,
  Instant,
  pageInput,
  pageInputById,
  pageInputByNumber,
  pageOf,
  queryYear,
  Year,
} from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { CatalogueEntry, NeedKind, Standard } from '#modules/standards/model.ts'
import { ItemStandardValue } from '#modules/standards/model/value.ts'
import { ChangedLine, Changes, OrganSums, Result, Scenario, Scope, Sums } from './model.ts'

const scenarioId = { scenarioId: z.uuid() }
const title = z.string().trim().min(1, '请填写方案名称。').max(80, '方案名称不超过80个字。')
const version = z.number().int().min(1)

const Run = z.object({
  id: z.uuid(),
  askedAt: Instant,
  askedBy: z.string(),
  finishedAt: Instant,
  tookMs: z.number().int(),
  result: Result,
})

export const ScenarioView = z.object({
  scenario: Scenario,
  /** The last finished computation; null while there is none. */
  run: Run.nullable(),
  /** Job that computes now; null while none does. */
  jobId: z.uuid().nullable(),
  /** Why the last computation no longer tells: the scenario was changed, or what it rested on was. */
  stale: z.enum(['changes', 'data']).nullable(),
  /** Small enough to be computed while a figure is moved. */
  atOnce: z.boolean(),
  may: z.object({ compute: May }),
})

/** What can be changed for a year, with the figures in force, and how much there is to compute. */
const Grounds = z.object({
  years: z.array(z.number().int()),
  year: z.number().int().nullable(),
  standardsOn: LocalDateSchema.nullable(),
  cycles: z.number().int(),
  demands: z.number().int(),
  lines: z.number().int(),
  notSubmitted: z.number().int(),
  /** Those most asked for first; `lines` is how many lines ask for the thing. */
  items: z.array(Standard.omit({ value: true }).extend({ value: ItemStandardValue, lines: z.number().int() })),
  catalogue: z.array(CatalogueEntry),
  parameters: z.array(
    z.object({ code: z.string(), title: z.string(), value: z.number(), unit: z.string(), citation: z.string() }),
  ),
})

const Computed = z.object({
  /** Null where the scope is too large to be computed at once. */
  result: Result.nullable(),
  lines: z.number().int(),
  /** The largest differences. */
  organs: z.array(OrganSums),
  changedLines: z.array(ChangedLine),
})

export const organOrders = ['size', 'more', 'less'] as const

export const contract = defineContract('whatif', {
  grounds: {
    method: 'GET',
    path: '/grounds',
    summary: '测算的依据：年度、现行标准、目录和参数',
    input: z.object({ year: queryYear.optional(), scope: Scope.default('jurisdiction') }),
    output: Grounds,
  },
  scenarios: {
    method: 'GET',
    path: '/scenarios',
    summary: '测算方案列表',
    input: z.object({ year: queryYear.optional(), ...pageInputById }),
    output: pageOf(
      Scenario.extend({
        totals: Sums.nullable(),
        finishedAt: Instant.nullable(),
        running: z.boolean(),
      }),
    ),
  },
  createScenario: {
    method: 'POST',
    path: '/scenarios',
    summary: '新建测算方案',
    input: z.object({ title, year: Year, scope: Scope, changes: Changes.default([]) }),
    output: ScenarioView,
  },
  viewScenario: {
    method: 'GET',
    path: '/scenarios/:scenarioId',
    summary: '查看测算方案和结果',
    input: z.object(scenarioId),
    output: ScenarioView,
  },
  saveScenario: {
    method: 'PUT',
    path: '/scenarios/:scenarioId',
    summary: '保存测算方案',
    input: z.object({ ...scenarioId, title, changes: Changes, version }),
    output: ScenarioView,
  },
  copyScenario: {
    method: 'POST',
    path: '/scenarios/:scenarioId/copies',
    summary: '复制测算方案',
    input: z.object({ ...scenarioId, title }),
    output: ScenarioView,
  },
  deleteScenario: {
    method: 'DELETE',
    path: '/scenarios/:scenarioId',
    summary: '删除测算方案',
    input: z.object({ ...scenarioId, version: z.coerce.number().pipe(version) }),
    output: z.object({ deleted: z.literal(true) }),
  },
  computeScenario: {
    method: 'POST',
    path: '/scenarios/:scenarioId/runs',
    summary: '按方案重新测算',
    input: z.object({ ...scenarioId, version }),
    output: ScenarioView,
  },
  preview: {
    method: 'POST',
    path: '/previews',
    summary: '不保存，先看测算结果',
    input: z.object({ year: Year, scope: Scope, changes: Changes }),
    output: Computed,
    readOnly: true,
  },
  organResults: {
    method: 'GET',
    path: '/scenarios/:scenarioId/organs',
    summary: '按机关的测算结果',
    input: z.object({ ...scenarioId, order: z.enum(organOrders).default('size'), ...pageInput }),
    output: pageOf(OrganSums),
  },
  lineResults: {
    method: 'GET',
    path: '/scenarios/:scenarioId/lines',
    summary: '审核结果有变化的事项',
    input: z.object({
      ...scenarioId,
      organId: z.uuid().optional(),
      needKind: NeedKind.optional(),
      ...pageInputByNumber,
    }),
    output: pageOf(ChangedLine),
  },
  compareScenarios: {
    method: 'GET',
    path: '/comparisons',
    summary: '比较几个测算方案',
    input: z.object({
      scenarioIds: z
        .union([z.uuid().transform((id) => [id]), z.array(z.uuid())])
        .refine((ids) => ids.length >= 2 && ids.length <= 5, '请选择2至5个方案进行比较。'),
    }),
    output: z.object({ scenarios: z.array(ScenarioView) }),
  },
  exportResult: {
    method: 'GET',
    path: '/scenarios/:scenarioId/workbook',
    summary: '导出测算结果（XLSX）',
    input: z.object(scenarioId),
    output: FileOutput,
    kind: 'download',
  },
})
