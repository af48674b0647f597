import { yearOf } from '#kernel/pure/local-date.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { readsLevel } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { codePrefix } from '#modules/organs/model.ts'
import { jurisdictions, organNames } from '#modules/organs/offers.ts'
import { linesUsing, organsUsing, standardUse } from '#modules/plans/offers.ts'
import { settersOf } from '#modules/standards/offers.ts'
import { rowFor } from '#modules/standards/rules/in-force.ts'
import type { contract } from '../contract.ts'
import type { Change } from '../model.ts'
import { rowAbove } from '../rules/override.ts'
import { bindsIn, cutToFen, impactOf, proposedCap, useKeyOf } from '../rules/impact.ts'
import { loaded, seenDraft, type Loaded } from './facts.ts'

export const impactActions: Pick<ActionsOf<typeof contract>, 'draftImpact' | 'draftImpactLines'> = {
  async draftImpact(ctx) {
    const { all, on, sinceYear } = await draftOfLevel(ctx, ctx.input.draftId)
    const { jurisdictionCode } = all.draft
    const scope = { jurisdictionPrefix: codePrefix(jurisdictionCode), sinceYear }
    const keys = all.facts.changes.map(useKeyOf)
    const beyond = <T>(work: () => Promise<T>) => beyondScope(ctx, '标准对下级的影响，只有合计数', work)
    const uses = await beyond(() => standardUse(ctx.tx, scope, distinct(keys)))
    const setters = await settersOf(
      ctx.tx,
      keys.map(({ key }) => key),
      on,
    )
    const bound = all.facts.changes.map((change) =>
      uses.filter(
        (use) => use.key === useKeyOf(change).key && bindsIn(change, jurisdictionCode, use.jurisdictionCode, setters),
      ),
    )
    const places = new Map((await jurisdictions(ctx.tx, ctx.today)).map(({ code, name }) => [code, name]))
    const codes = [...new Set(bound.flat().map((use) => use.jurisdictionCode))].toSorted()
    const organs = await beyond(() => organsUsing(ctx.tx, scope, keys, codes))
    return {
      sinceYear,
      organs: [...organs.values()].reduce((sum, count) => sum + count, 0),
      changes: all.facts.changes.map((change, index) =>
        impactOf(change, presentRow(all, change, on), bound[index] ?? []),
      ),
      jurisdictions: codes.map((code) => {
        // A line counts once, though several changes of the draft may bear on it.
        const here = [...new Set(bound.flat())].filter((use) => use.jurisdictionCode === code)
        return {
          jurisdictionCode: code,
          jurisdictionName: places.get(code) ?? code,
          organs: organs.get(code) ?? 0,
          lines: here.reduce((sum, { lines }) => sum + lines, 0),
          askedFen: here.reduce((sum, { askedFen }) => sum + askedFen, 0),
        }
      }),
    }
  },

  async draftImpactLines(ctx) {
    const { draftId, changeId, after, limit } = ctx.input
    const { all, sinceYear } = await draftOfLevel(ctx, draftId)
    const change = found(all.facts.changes.find(({ id }) => id === changeId) ?? null, '拟定的标准')
    const { jurisdictionCode } = all.draft
    const rows = await linesUsing(ctx.tx, { jurisdictionCode, sinceYear }, useKeyOf(change), after, limit + 1)
    const page = pageFrom(rows, limit)
    const names = await organNames(
      ctx.tx,
      page.items.map(({ organId }) => organId),
    )
    return {
      ...page,
      items: page.items.map((line) => ({
        ...line,
        organName: names.get(line.organId) ?? '',
        cutToFen: cutToFen(line, proposedCap(change)),
      })),
    }
  },
}

/** What organs ask for is business of the level: only those who read it see what a draft bears on (Art. 6). */
async function draftOfLevel(ctx: Parameters<typeof seenDraft>[0] & { today: string }, draftId: string) {
  const draft = await seenDraft(ctx, draftId)
  if (!readsLevel(ctx.actor, draft.jurisdictionCode)) throw new Missing('标准草案的影响')
  const on = draft.inForceOn ?? ctx.today
  return { all: await loaded(ctx, draft), on, sinceYear: yearOf(on) }
}

/** What holds now: the row replaced, or the one of the level above. */
function presentRow({ facts, draft }: Loaded, change: Change, on: string) {
  if (change.subject !== 'standard') return null
  const table = { on, jurisdictionCode: draft.jurisdictionCode, rows: facts.rows }
  return (
    facts.rows.find(({ id }) => id === change.replacesId) ??
    rowAbove(facts, change, on).row ??
    (change.act === 'add' ? null : rowFor(table, change.code))
  )
}

function distinct<K extends { key: string; by: string }>(keys: readonly K[]): K[] {
  return [...new Map(keys.map((key) => [`${key.by} ${key.key}`, key])).values()]
}
