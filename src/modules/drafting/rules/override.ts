import type { Finding } from '#kernel/pure/verdict.ts'
import type { Standard } from '#modules/standards/model.ts'
import { levelOf } from '#modules/standards/rules/in-force.ts'
import { valueText } from '#modules/standards/rules/value-text.ts'
import { law } from '../law.ts'
import type { Change, StandardChange } from '../model.ts'
import { finding, placeOf, type DraftFacts } from './facts.ts'
import { inForce } from './catalogue.ts'
import { strictnessOf } from './strictness.ts'

/** A row of the level above that would hold in the place of one's own. */
export type RowAbove = {
  row: Standard | null
  /** The level above sets it by rank, the own row does not. */ finer: boolean
}

/**
 * What would hold without one's own row on the day: an own row takes the place of every row above for the same people,
 * so that it must be as fine as those (standards/rules: the nearest jurisdiction wins over rank and level).
 */
export function rowAbove(
  { rows, jurisdictionCode }: Pick<DraftFacts, 'rows' | 'jurisdictionCode'>,
  { code, level, rank }: Pick<StandardChange, 'code' | 'level' | 'rank'>,
  on: string,
): RowAbove {
  const own = level ?? levelOf(jurisdictionCode)
  const above = rows.filter(
    (row) =>
      row.code === code &&
      row.jurisdictionCode !== jurisdictionCode &&
      inForce(row, on) &&
      (row.level === null || row.level === own),
  )
  const weight = (row: Standard) => `${row.jurisdictionCode}${row.rank === null ? 0 : 1}${row.level === null ? 0 : 1}`
  const row =
    above
      .filter((one) => one.rank === rank || one.rank === null)
      .toSorted((a, b) => (weight(a) < weight(b) ? 1 : -1))[0] ?? null
  return { row, finer: rank === null && above.some((one) => one.rank !== null) }
}

/**
 * STD-R04: provincial standards bind below (Art. 6 para 2). A lower level may be stricter, or fill what is left open; it
 * may be looser only where the row above says that it is decided locally.
 */
export function checkOverride(facts: DraftFacts, change: Change<StandardChange>): Finding[] {
  if (change.act === 'end' || change.value === null) return []
  const { row: above, finer } = rowAbove(facts, change, facts.head.inForceOn ?? facts.today)
  if (finer)
    return [
      finding(
        'STD-R04',
        'block',
        law.provinceWide,
        `${placeOf(change, change.title)}没有区分职务层次，而上级标准按职务层次分列，会使各层次适用同一标准。`,
        { field: `changes.${change.lineNo - 1}.rank`, remedy: '请按上级标准的职务层次分行拟定。' },
      ),
    ]
  if (above === null) return []
  const { how, freer } = strictnessOf(above.value, change.value)
  const place = placeOf(change, change.title)
  const field = `changes.${change.lineNo - 1}.value`
  const compared = {
    field,
    facts: { 上级标准: valueText(above.value), 拟定标准: valueText(change.value) },
    steps: [
      {
        label: '与上级标准比较',
        expression: `${valueText(change.value)} ↔ ${valueText(above.value)}`,
        result: { same: '相同', stricter: '更严', looser: '更宽', different: '不能比较' }[how],
      },
    ],
  }
  if (how === 'same')
    return [
      finding('STD-R04', 'warn', law.provinceWide, `${place}与上级标准相同，不必另行制定。`, {
        ...compared,
        remedy: '上级标准直接适用，可以删除这一行。',
      }),
    ]
  if (how === 'stricter' || isLocal(facts, above))
    return [
      finding(
        'STD-R04',
        'ok',
        law.provinceWide,
        `${place}${how === 'stricter' ? '严于上级标准' : '由上级标准授权地方确定'}。`,
        compared,
      ),
    ]
  return [
    finding(
      'STD-R04',
      'block',
      law.provinceWide,
      how === 'looser'
        ? `${place}宽于上级标准（${freer.join('、')}）：上级为${valueText(above.value)}。`
        : `${place}与上级标准不能比较（${freer.join('、')}）：上级为${valueText(above.value)}。`,
      {
        ...compared,
        remedy: '请不宽于上级标准；确需放宽的，报请上级修订标准或者授权地方确定。',
      },
    ),
  ]
}

/** Left to the levels below by its document, or a figure of procedure that the project chose and no law fixes. */
function isLocal({ localRows }: DraftFacts, { id, kind, confidence }: Standard): boolean {
  return localRows.has(id) || (kind === 'parameter' && confidence === 'D')
}
