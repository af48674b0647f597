import { standardCodesOf } from '#kernel/pure/decision.ts'
import { differences } from '#kernel/pure/difference.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import { needKindLabels, type StandardsInForce } from '#modules/standards/model.ts'
import type { ChangedStandard } from './model.ts'

type Row = { code: string; title: string; version: string; citation: string; from: string; value: unknown }

/**
 * Which standards are other rows now than they were: by figures, source or first day (norm A9-2). Those the decision
 * used come first; rows that only got a last day have not changed.
 */
export function changedStandards(
  then: StandardsInForce,
  now: StandardsInForce,
  findings: readonly Finding[],
): ChangedStandard[] {
  const used = new Set(standardCodesOf(findings))
  const [before, after] = [rowsOf(then), rowsOf(now)]
  const changed = [...new Set([...before.keys(), ...after.keys()])].flatMap((code): ChangedStandard[] => {
    const [was, is] = [before.get(code), after.get(code)]
    if (was?.version === is?.version) return []
    return [
      {
        code,
        title: (is ?? was)?.title ?? code,
        used: used.has(code),
        before: was ? { citation: was.citation, from: was.from } : null,
        after: is ? { citation: is.citation, from: is.from } : null,
        changes: was && is ? differences(was.value, is.value, valueLabels) : [],
      },
    ]
  })
  return changed.sort((a, b) => Number(b.used) - Number(a.used) || (a.code < b.code ? -1 : 1))
}

function rowsOf({ items, parameters, catalogue, economicCodes }: StandardsInForce): Map<string, Row> {
  const rows: Row[] = [
    ...items.map((row) => ({ ...row, version: row.id })),
    ...Object.values(parameters).map(({ row, value, unit }) => ({ ...row, version: row.id, value: { value, unit } })),
    ...catalogue.map(({ id, needKind, citation, from, centralised, provided }) => ({
      code: `catalogue.${needKind}`,
      title: `集中统一管理事项指导目录：${needKindLabels[needKind]}`,
      version: id,
      citation,
      from,
      value: { centralised, provided },
    })),
    ...economicCodes.map(({ code, title, fromYear, running, threePublic, needKinds }) => ({
      code: `economic.${code}`,
      title: `部门经济科目 ${code} ${title}`,
      version: `${code} ${fromYear}`,
      citation: '支出经济分类科目',
      from: `${fromYear}-01-01`,
      value: { running, threePublic, needKinds },
    })),
  ]
  return new Map(rows.map((row) => [row.code, row]))
}

const valueLabels: Readonly<Record<string, string>> = {
  unit: '单位',
  limit: '数量标准',
  basis: '计算方式',
  percent: '比例（%）',
  each: '每组人数',
  first: '首段人数',
  beyondEach: '超出部分每组人数',
  pieces: '每人数量',
  priceCapFen: '单价上限（分）',
  minimumYears: '最低使用年限',
  yearsMustBeExceeded: '须超过年限',
  assetClass: '资产分类',
  exceptionAllowed: '可经批准例外',
  centralised: '集中统一管理',
  provided: '统一配备',
  running: '机关运行经费',
  threePublic: '“三公”经费',
  needKinds: '需求类别',
  value: '数值',
}
