import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import {
  gradeLabels,
  intakeStateLabels,
  itemStateLabels,
  requestStateLabels,
  type Grade,
  type IntakeState,
  type Item,
  type ItemState,
  type RequestState,
} from '../model.ts'
import { bodyStateLabels, type Body } from '../model/body.ts'
import { clearanceStateLabels, type Clearance } from '../model/clearance.ts'
import { levelRequestStateLabels, type LevelRequestState } from '../model/level.ts'

const itemTones: Record<ItemState, Tone> = {
  applied: 'waiting',
  repair: 'warn',
  available: 'done',
  lent: 'running',
  allotted: 'draft',
  disposal: 'refused',
  'not-taken': 'draft',
}

/** On the shelf, or held by somebody although it lies there. */
export function ItemStateTag({ item }: { item: Pick<Item, 'state' | 'hold'> }) {
  if (item.state === 'available' && item.hold !== null)
    return <StateTag tone="waiting" word={item.hold.requested ? '已申请' : '已预约'} />
  return <StateTag tone={itemTones[item.state]} word={itemStateLabels[item.state]} />
}

const intakeTones: Record<IntakeState, Tone> = {
  called: 'warn',
  applied: 'waiting',
  returned: 'warn',
  appraising: 'running',
  received: 'done',
  refused: 'refused',
  withdrawn: 'draft',
}
export function IntakeStateTag({ state }: { state: IntakeState }) {
  return <StateTag tone={intakeTones[state]} word={intakeStateLabels[state]} />
}

const requestTones: Record<RequestState, Tone> = {
  applied: 'waiting',
  consenting: 'waiting',
  approved: 'warn',
  lent: 'running',
  renewing: 'waiting',
  returning: 'waiting',
  returned: 'done',
  done: 'done',
  refused: 'refused',
  withdrawn: 'draft',
}
/** A loan that is not back on its day is late, whatever its state. */
export function RequestStateTag({ state, late = false }: { state: RequestState; late?: boolean }) {
  return late ? (
    <StateTag tone="overdue" word={`${requestStateLabels[state]}，已逾期`} />
  ) : (
    <StateTag tone={requestTones[state]} word={requestStateLabels[state]} />
  )
}

/** A body whose things are not cleared away on their day is late. */
export function BodyStateTag({ body, today }: { body: Pick<Body, 'state' | 'dueOn'>; today: string }) {
  const { state, dueOn } = body
  if (state === 'clearing' && dueOn !== null && dueOn < today)
    return <StateTag tone="overdue" word={`${bodyStateLabels[state]}，已逾期`} />
  return (
    <StateTag
      tone={state === 'running' ? 'running' : state === 'clearing' ? 'warn' : 'done'}
      word={bodyStateLabels[state]}
    />
  )
}

export function ClearanceStateTag({
  clearance: { state, dueOn },
  today,
}: {
  clearance: Pick<Clearance, 'state' | 'dueOn'>
  today: string
}) {
  if (state === 'open' && dueOn < today)
    return <StateTag tone="overdue" word={`${clearanceStateLabels[state]}，已逾期`} />
  return <StateTag tone={state === 'open' ? 'warn' : 'done'} word={clearanceStateLabels[state]} />
}

const levelTones: Record<LevelRequestState, Tone> = {
  asked: 'waiting',
  agreed: 'waiting',
  consented: 'warn',
  done: 'done',
  refused: 'refused',
  declined: 'refused',
  withdrawn: 'draft',
}
export function LevelRequestStateTag({ state }: { state: LevelRequestState }) {
  return <StateTag tone={levelTones[state]} word={levelRequestStateLabels[state]} />
}

export const gradeText = (grade: Grade | null) => (grade === null ? '未鉴定' : gradeLabels[grade])

export const lifeText = (months: number | null) =>
  months === null
    ? '无规定年限'
    : months === 0
      ? '已满最低使用年限'
      : `剩余 ${Math.floor(months / 12)} 年 ${months % 12} 个月`
