import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { allOf, provided } from '#kernel/pure/verdict.ts'
import { openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { statesBefore } from '#modules/assets/offers.ts'
import { peopleWithRoles } from '#modules/people/offers.ts'
import { countCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import type { CountScope } from '../model.ts'
import { can, counterRoles } from '../policy.ts'
import { inScope, isWhole } from '../rules/scope.ts'
import {
  countById,
  insertCount,
  replaceCounters,
  saveBook,
  saveCount,
  type Counter,
  type CountRow,
} from '../store/count.ts'
import { freezeBook, freezeCards, scopeWords } from '../store/item.ts'
import { lockedCount, ownOrgan, subjectOf } from './access.ts'
import { countView, isIn } from './view.ts'

type OpeningActions = Pick<ActionsOf<typeof contract>, 'scopeChoices' | 'openCount' | 'changeTeam'>

export const openingActions: OpeningActions = {
  async scopeChoices(ctx) {
    const organ = ownOrgan(ctx)
    const people = await peopleWithRoles(ctx.tx, { organId: organ.id, roles: counterRoles }, ctx.today)
    return { ...(await scopeWords(ctx.tx, organ.id)), people: people.map(({ id, name }) => ({ id, name })) }
  },

  /** Opens a count and freezes the book as it was on the base day (A12-4; facts 2.5). */
  async openCount(ctx) {
    const { title, baseOn, scope, team, note } = ctx.input
    const organ = ownOrgan(ctx)
    permit(can.open(ctx.actor, { organId: organ.id, jurisdictionCode: organ.jurisdictionCode }))
    const people = await teamOf(ctx, organ.id, team)
    insist(
      allOf(
        provided(baseOn <= ctx.today, {
          code: 'future-base',
          message: '盘点基准日不能晚于今天。',
          remedy: '请改为今天或以前的日期；到基准日当天再开启盘点也可以。',
        }),
        provided(
          [title, note].every((words) => secrecyMarkIn(words) === null),
          {
            code: 'A44-1',
            message: '盘点名称、说明带有密级标志。本系统为非涉密系统，涉密资产通过保密渠道盘点。',
            basis: law.secrecy,
            remedy: '请删除相关内容。',
          },
        ),
      ),
    )
    const id = newId()
    const year = Number(baseOn.slice(0, 4))
    const number = `PD-${year}-${String(await nextNumber(ctx.tx, `PD-${organ.id}-${year}`)).padStart(4, '0')}`
    const opened = await openCase(ctx, countCase, {
      subjectId: id,
      title: `资产盘点 ${number} ${title}`,
      applicantOrganId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
    })
    await insertCount(ctx.tx, {
      id,
      organId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
      number,
      title,
      year,
      baseOn,
      scope,
      whole: isWhole(scope),
      state: 'counting',
      note,
      openedOn: ctx.today,
      openedByName: ctx.actor.name,
      caseId: opened.id,
    })
    await replaceCounters(ctx.tx, { id, organId: organ.id }, people)
    const items = await freeze(ctx, { id, organId: organ.id, baseOn, scope })
    insist(
      provided(items > 0, {
        code: 'nothing-to-count',
        message: `基准日${baseOn}在所选范围内没有资产卡片。`,
        remedy: '请核对基准日和盘点范围。',
      }),
    )
    const row = found(await countById(ctx.tx, id), '资产盘点')
    await record(ctx, 'stocktaking.count-opened', {
      ...subjectOf(row),
      after: { number, title, baseOn, scope, items, costFen: row.costFen, team: people.map(({ name }) => name) },
    })
    await tellTeam(ctx, row, people)
    return countView(ctx, row)
  },

  async changeTeam(ctx) {
    const row = await lockedCount(ctx, ctx.input)
    permit(can.lead(ctx.actor, row, '调整盘点小组'))
    insist(isIn(row, 'counting'))
    const people = await teamOf(ctx, row.organId, ctx.input.team)
    await replaceCounters(ctx.tx, row, people)
    const next = await saveCount(ctx.tx, row, {})
    await record(ctx, 'stocktaking.team-changed', {
      ...subjectOf(row),
      after: { team: people.map(({ name }) => name) },
    })
    await tellTeam(ctx, row, people)
    return countView(ctx, next)
  },
}

/** People of the organ by their ids. @throws Refused when one does not work there */
async function teamOf(act: Act, organId: string, ids: readonly string[]): Promise<Counter[]> {
  const people = await peopleWithRoles(act.tx, { organId, roles: counterRoles }, act.today)
  const team = people.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name }))
  insist(
    provided(team.length === new Set(ids).size, {
      code: 'not-staff',
      message: '盘点小组成员应为本机关在岗人员。',
      remedy: '请重新选择成员。',
    }),
  )
  return team
}

async function tellTeam(act: Act, row: CountRow, people: readonly Counter[]): Promise<void> {
  for (const { id } of people)
    if (id !== act.actor.personId)
      await notify(act, {
        organId: row.organId,
        roles: counterRoles,
        personId: id,
        link: `/stocktaking/counts/${row.id}/sheet`,
        text: `您参加资产盘点“${row.title}”（${row.number}），请打开盘点清单开始清点。`,
      })
}

/** Cards whose past is looked up at a time, so that memory does not grow with the register. */
const pastAtOnce = 2000

/**
 * The book as it was on the base day: present cards by statements over sets; those that something happened to since, as they were.
 * What was disposed of since with consent cannot be counted any more and is left out.
 */
async function freeze(
  act: Act,
  count: { id: string; organId: string; baseOn: string; scope: CountScope },
): Promise<number> {
  const changed = count.baseOn < act.today ? await freezeChanged(act, count) : []
  await freezeBook(act.tx, count, changed)
  return saveBook(act.tx, count.id)
}

/** @returns ids of all cards that something happened to since, frozen or not */
async function freezeChanged(act: Act, count: Parameters<typeof freeze>[1]): Promise<string[]> {
  const changed: string[] = []
  for (;;) {
    const part = { after: changed.at(-1) ?? null, limit: pastAtOnce }
    const states = await statesBefore(act, count.organId, count.baseOn, part)
    const there = [...states].flatMap(([cardId, state]) =>
      state === null || state.removedOn !== null || !inScope(count.scope, state.facts)
        ? []
        : [{ cardId, bookState: state.facts.state, ...state.facts }],
    )
    if (there.length > 0) await freezeCards(act.tx, count, there)
    changed.push(...states.keys())
    if (states.size < pastAtOnce) return changed
  }
}
