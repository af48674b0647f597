import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { allOf, provided } from '#kernel/pure/verdict.ts'
import { keepAttachment } from '#kernel/server/attachments.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { labelledId } from '#modules/assets/model.ts'
import { pictureCard } from '#modules/assets/offers.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { countedWithin, differingFound, mayMark } from '../rules/mark.ts'
import { standingOf, type Voice } from '../rules/standing.ts'
import type { CountRow } from '../store/count.ts'
import { itemsByCode, lockItems, saveStandings, type ItemRow } from '../store/item.ts'
import { insertMarks, knownMarks, markById, marksOf, type MarkRow } from '../store/mark.ts'
import { countToCount, seenCount, subjectOf } from './access.ts'
import { itemView, markSubject, photoView } from './reading.ts'
import { isIn } from './view.ts'

type CountingActions = Pick<ActionsOf<typeof contract>, 'recordMarks' | 'settleItem' | 'attachPhoto'>
type Given = Parameters<CountingActions['recordMarks']>[0]['input']['marks'][number]
type Answer = Awaited<ReturnType<CountingActions['recordMarks']>>['answers'][number]

export const countingActions: CountingActions = {
  /**
   * A batch from a phone, perhaps long after it was counted. Each mark is judged by itself: one that cannot be taken hinders
   * no other, and one that came before is known (nothing is doubled).
   */
  async recordMarks(ctx) {
    const { row, onTeam } = await countToCount(ctx, ctx.input.countId, 'share')
    permit(allOf(can.count(ctx.actor, row, onTeam), can.speakFor(ctx.actor, ctx.input.countedBy ?? ctx.actor.personId)))
    insist(isIn(row, 'counting'))
    // Of one batch a mark counts once, whatever it repeats.
    const given = [...new Map(ctx.input.marks.map((mark) => [mark.id, mark])).values()]
    const known = await knownMarks(
      ctx.tx,
      row.id,
      given.map(({ id }) => id),
    )
    const codes = await cardsOfCodes(ctx, row, given)
    const cardOf = (mark: Given) => mark.cardId ?? (mark.code === undefined ? undefined : codes.get(mark.code))
    const asked = given.flatMap((mark) => (mark.result === 'surplus' ? [] : (cardOf(mark) ?? [])))
    const items = new Map((await lockItems(ctx.tx, row.id, asked)).map((item) => [item.cardId, item]))
    const answers = new Map<string, Answer>()
    const fresh: MarkRow[] = []
    for (const mark of given) {
      const cardId = cardOf(mark)
      const judged = known.has(mark.id)
        ? { mark: null, reason: '' }
        : judgedMark(
            ctx,
            row,
            mark,
            mark.result === 'surplus' || cardId === undefined ? null : (items.get(cardId) ?? null),
          )
      if (judged.mark) fresh.push(judged.mark)
      answers.set(mark.id, {
        id: mark.id,
        taken: known.has(mark.id) ? 'known' : judged.mark ? 'kept' : 'refused',
        cardId: known.get(mark.id) ?? judged.mark?.cardId ?? null,
        disputed: false,
        reason: judged.reason,
      })
    }
    const kept = await insertMarks(ctx.tx, row, fresh, ctx.now)
    for (const { id } of fresh)
      if (!kept.has(id))
        answers.set(id, { ...(answers.get(id) as Answer), taken: 'refused', reason: '编号已用于另一次盘点。' })
    const touched = [...answers.values()].flatMap(({ cardId, taken }) =>
      cardId && taken !== 'refused' ? [cardId] : [],
    )
    const disputed = await stand(ctx, row, touched)
    for (const answer of answers.values())
      if (answer.cardId !== null) answers.set(answer.id, { ...answer, disputed: disputed.has(answer.cardId) })
    const taken = fresh.filter(({ id }) => kept.has(id))
    if (taken.length > 0)
      await record(ctx, 'stocktaking.marks-recorded', {
        ...subjectOf(row),
        after: { marks: taken.map(({ id, cardId, result, found: differs }) => ({ id, cardId, result, ...differs })) },
      })
    return { answers: [...answers.values()] }
  },

  /** Whoever leads the count looked again: one of the findings stands. */
  async settleItem(ctx) {
    const { countId, cardId, markId, reason } = ctx.input
    const row = await seenCount(ctx, countId, 'share')
    permit(can.lead(ctx.actor, row, '核对不一致的盘点结果'))
    insist(isIn(row, 'counting'))
    const [item] = await lockItems(ctx.tx, row.id, [cardId])
    const chosen = (await marksOf(ctx.tx, row.id, [found(item, '盘点清单中的资产').cardId])).find(
      ({ id }) => id === markId,
    )
    const mark = found(chosen, '盘点结果')
    insist(
      allOf(
        provided(item?.disputed === true, { code: 'not-disputed', message: '这项资产的盘点结果没有分歧。' }),
        provided(secrecyMarkIn(reason) === null, {
          code: 'A44-1',
          message: '填写的内容带有密级标志。本系统为非涉密系统。',
          basis: law.secrecy,
        }),
      ),
    )
    await insertMarks(
      ctx.tx,
      row,
      [
        {
          ...mark,
          id: newId(),
          remark: reason,
          personId: ctx.actor.personId,
          personName: ctx.actor.name,
          countedAt: ctx.now,
          settles: true,
        },
      ],
      ctx.now,
    )
    await stand(ctx, row, [cardId])
    await record(ctx, 'stocktaking.item-settled', {
      ...subjectOf(row),
      after: { cardId, result: mark.result, counter: mark.personName, reason },
    })
    return itemView(ctx, row, cardId)
  },

  async attachPhoto(ctx) {
    const { row, onTeam } = await countToCount(ctx, ctx.input.countId)
    const mark = found(await markById(ctx.tx, row.id, ctx.input.markId), '盘点结果')
    permit(allOf(can.count(ctx.actor, row, onTeam), can.speakFor(ctx.actor, mark.personId)))
    // A photo may arrive after the count of things has ended: it was taken before.
    insist(isIn(row, 'counting', 'settling'))
    const kept = await keepAttachment(ctx, {
      caseId: null,
      subject: markSubject(mark.id),
      organId: row.organId,
      jurisdictionCode: row.jurisdictionCode,
      file: ctx.input.file,
    })
    if (ctx.input.forCard && mark.cardId !== null) await pictureCard(ctx, mark.cardId, kept)
    return photoView(kept)
  },
}

/** Cards that the codes of a batch stand for: labels first, then numbers and serial numbers on the list. */
async function cardsOfCodes(act: Act, row: CountRow, given: readonly Given[]): Promise<Map<string, string>> {
  const codes = [
    ...new Set(given.flatMap(({ code, cardId }) => (code !== undefined && cardId === undefined ? [code] : []))),
  ]
  const labels = new Map(
    codes.flatMap((code) => (labelledId(code) === null ? [] : [[code, labelledId(code) as string]])),
  )
  const others = codes.filter((code) => !labels.has(code))
  return new Map([...labels, ...(others.length === 0 ? [] : await itemsByCode(act.tx, row.id, others))])
}

/** The mark as it is kept, or why it is not. What is “same” but was seen elsewhere is a mismatch. */
function judgedMark(
  act: Act,
  row: CountRow,
  mark: Given,
  item: ItemRow | null,
): { mark: MarkRow | null; reason: string } {
  if (item === null && mark.result !== 'surplus')
    return { mark: null, reason: `“${mark.code ?? '该资产'}”不在本次盘点的清单上。确有实物的，请按盘盈登记。` }
  const differs = item === null ? {} : differingFound(mark.found, item)
  const result = mark.result === 'same' && Object.keys(differs).length > 0 ? 'mismatch' : mark.result
  const verdict = mayMark({ result, found: differs, thing: mark.thing, remark: mark.remark }, item)
  if (!verdict.ok) return { mark: null, reason: verdict.refusals.map(({ message }) => message).join('') }
  return {
    reason: '',
    mark: {
      id: mark.id,
      cardId: item?.cardId ?? null,
      result,
      found: differs,
      thing: mark.thing,
      remark: mark.remark,
      personId: act.actor.personId,
      personName: act.actor.name,
      countedAt: countedWithin(new Date(mark.countedAt), row.openedOn, act.now),
      settles: false,
    },
  }
}

/** Writes anew what stands of things. @returns those on which counters disagree */
async function stand(act: Act, row: CountRow, cardIds: readonly string[]): Promise<Set<string>> {
  const ids = [...new Set(cardIds)]
  if (ids.length === 0) return new Set()
  const marks = Map.groupBy(await marksOf(act.tx, row.id, ids), ({ cardId }) => cardId)
  const standings = new Map(ids.map((id) => [id, standingOf((marks.get(id) ?? []).map(voiceOf))]))
  await saveStandings(act.tx, row.id, standings)
  return new Set([...standings].filter(([, standing]) => standing?.disputed).map(([id]) => id))
}

const voiceOf = ({ countedAt, result, ...mark }: MarkRow): Voice => ({
  ...mark,
  result: result as Voice['result'],
  countedAt: countedAt.toISOString(),
})
