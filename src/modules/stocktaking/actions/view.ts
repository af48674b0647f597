import { allOf, mayOf, provided, type May, type Verdict } from '#kernel/pure/verdict.ts'
import { mayMoveNow } from '#kernel/server/cases/engine.ts'
import { caseById, openSignatureCount } from '#kernel/server/cases/store.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { countCase, type CountMove } from '../cases.ts'
import { countStateLabels, type Count, type CountState } from '../model.ts'
import { can } from '../policy.ts'
import { ratesOf } from '../rules/rates.ts'
import { countersOf, isCounter, type CountRow } from '../store/count.ts'
import { differenceSums, pursuedCards } from '../store/difference.ts'
import { tallyOf } from '../store/progress.ts'

/** As many cards as one application for disposal is handed by link. */
const handedOver = 100

export const shown = ({ jurisdictionCode: _, ...row }: CountRow): Count => row

export const isIn = (row: CountRow, ...states: CountState[]): Verdict =>
  provided(states.includes(row.state), {
    code: 'count-state',
    message: `本次盘点现为“${countStateLabels[row.state]}”，不能办理。`,
    facts: { 现状: countStateLabels[row.state] },
    remedy: '请刷新后核对当前环节。',
  })

/** Which way back a count goes from where it is. */
export function returnMove(state: CountState): CountMove {
  return state === 'at-finance' ? 'returnByFinance' : state === 'at-authority' ? 'returnByAuthority' : 'returnByHead'
}

/** The count with its figures, and what the actor may do with it now. */
export async function countView(act: Act, row: CountRow) {
  const { tx, actor } = act
  const tally = await tallyOf(tx, row.id)
  const sums = await differenceSums(tx, row.id)
  const standing = found(await caseById(tx, row.caseId), '办理事项')
  const signatures = await openSignatureCount(tx, row.caseId)
  const move = (name: CountMove): May => mayOf(mayMoveNow(act, countCase, standing, name, signatures))
  const lead = (what: string) => can.lead(actor, row, what)
  const onTeam = await isCounter(tx, row.id, actor.personId)
  return {
    count: shown(row),
    tally,
    rates: ratesOf(tally),
    team: await countersOf(tx, row.id),
    openDifferences: sums.open,
    pursued: row.state === 'finished' ? await pursuedCards(tx, row.id, handedOver) : [],
    may: {
      count: mayOf(allOf(isIn(row, 'counting'), can.count(actor, row, onTeam))),
      changeTeam: mayOf(allOf(isIn(row, 'counting'), lead('调整盘点小组'))),
      end: move('end'),
      resume: move('resume'),
      work: mayOf(allOf(isIn(row, 'settling'), lead('处理盘点差异'))),
      submit: move('submit'),
      approve: move('approve'),
      accept: move(sums.pursued > 0 ? 'forward' : 'accept'),
      consent: move('consent'),
      return: move(returnMove(row.state)),
      withdraw: move('withdraw'),
    },
  }
}
