import { allOf, provided, refused, type Verdict } from '#kernel/pure/verdict.ts'
import { levelLabels } from '#kernel/pure/actor.ts'
import { hasRestrictedKind } from './folding.ts'
import { organKindLabels } from '#modules/organs/model.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import type { Change, HeadcountChange, Scope } from '../model.ts'

const fieldLabels = { priceCapFen: '单价上限', minimumYears: '使用年限', limit: '数量标准' } as const

/** The things a change sets, each by a key of its own and in words; two changes must never set the same thing. */
function thingsSet(change: Change, titleOf: (code: string) => string): { key: string; words: string }[] {
  switch (change.kind) {
    case 'standard':
      return (Object.keys(fieldLabels) as (keyof typeof fieldLabels)[])
        .filter((field) => change[field] !== undefined)
        .map((field) => ({
          key: `standard|${change.code}|${change.level ?? ''}|${field}`,
          words: `“${titleOf(change.code)}”${change.level === null ? '' : `（${levelLabels[change.level]}）`}的${fieldLabels[field]}`,
        }))
    case 'price':
      return [
        change.standardCode === null
          ? {
              key: `price|${change.needKind}`,
              words: `“${change.needKind === null ? '' : needKindLabels[change.needKind]}”的价格`,
            }
          : { key: `price|${change.standardCode}`, words: `“${titleOf(change.standardCode)}”的价格` },
      ]
    case 'headcount':
      if (change.organIds.length > 0)
        return change.organIds.map((id) => ({ key: `headcount|${id}`, words: '同一机关的人数' }))
      return [{ key: `headcount|${change.level}|${change.organKind}`, words: `${whoseHeadcount(change)}的人数` }]
    case 'catalogue':
      return [{ key: `catalogue|${change.needKind}`, words: `“${needKindLabels[change.needKind]}”是否集中统一管理` }]
    case 'parameter':
      return [{ key: `parameter|${change.code}`, words: `“${titleOf(change.code)}”` }]
  }
}

/** Whose people a headcount change counts, in words; chosen organs by their number. */
export function whoseHeadcount({ level, organKind, organIds }: HeadcountChange): string {
  if (organIds.length > 0) return `选定的${organIds.length}个机关`
  const of = `${level === null ? '' : levelLabels[level]}${organKind === null ? '' : organKindLabels[organKind]}`
  return of === '' ? '所有机关' : of
}

/** Two changes that set the same thing contradict each other: neither is guessed, both places are named. */
export function noContradictions(changes: readonly Change[], titleOf: (code: string) => string): Verdict {
  const setAt = new Map<string, number>()
  const clashes = new Map<string, Verdict>()
  for (const [index, change] of changes.entries())
    for (const { key, words } of thingsSet(change, titleOf)) {
      const before = setAt.get(key)
      if (before === undefined) setAt.set(key, index)
      else
        clashes.set(
          `${before}|${index}|${words}`,
          refused({
            code: 'contradictory-changes',
            message: `第${index + 1}项变化与第${before + 1}项相矛盾：都改动了${words}。`,
            facts: { 第一处: before + 1, 第二处: index + 1 },
            remedy:
              before === index
                ? '请删去重复的机关。'
                : `请删去第${before + 1}项或第${index + 1}项；要分层级测算的，请把其中一项限定到某一级。`,
          }),
        )
    }
  return allOf(...clashes.values())
}

/** What changes name must exist: standards in force, organs in reach whose headcount the reader may know. */
export function changesKnown(
  changes: readonly Change[],
  scope: Scope,
  known: { standardCodes: ReadonlySet<string>; organIds: ReadonlySet<string> },
): Verdict {
  return allOf(
    ...changes.map((change, index) => {
      const place = `第${index + 1}项变化`
      const code = change.kind === 'standard' ? change.code : change.kind === 'price' ? change.standardCode : null
      const strangers = change.kind === 'headcount' ? change.organIds.filter((id) => !known.organIds.has(id)).length : 0
      return allOf(
        provided(code === null || known.standardCodes.has(code), {
          code: 'no-such-standard',
          message: `${place}：适用标准日期没有编码为“${code}”的配置标准。`,
          remedy: '请从标准清单中选择。',
        }),
        provided(strangers === 0, {
          code: 'organs-out-of-reach',
          message: `${place}：有${strangers}个机关不在测算范围内，或其人数不能查看。`,
          remedy: '请从可选的机关中重新选择。',
        }),
        provided(
          scope === 'jurisdiction' ||
            change.kind !== 'headcount' ||
            change.organKind === null ||
            !hasRestrictedKind(change.organKind),
          {
            code: 'restricted-kind',
            message: `${place}：监察、审判、检察机关的人数不能在全省范围内单独测算。`,
            remedy: '请改为所有机关或按层级测算，或把测算范围改为“本级”。',
          },
        ),
      )
    }),
  )
}
