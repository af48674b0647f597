import type { LocalDate } from '#kernel/pure/local-date.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { bodyKindLabels, type BodyKind } from '../model/body.ts'

/** When a body works: it ends after it began. */
export function mayRun({ beginsOn, endsOn }: { beginsOn: LocalDate; endsOn: LocalDate }): Verdict {
  return provided(endsOn >= beginsOn, {
    code: 'ends-before-begin',
    message: `预计结束日期${endsOn}早于开始日期${beginsOn}。`,
    remedy: '请核对日期。',
  })
}

/** What has ended takes nothing more and is not changed. */
export function stillRunning(body: { kind: BodyKind; name: string; endedOn: LocalDate | null }): Verdict {
  return provided(body.endedOn === null, {
    code: 'body-ended',
    message: `${bodyKindLabels[body.kind]}“${body.name}”已于${body.endedOn}撤销、结束。`,
    basis: law.warehouse,
  })
}

/** The end is a day that was: not before the beginning, not to come. */
export function mayEnd(
  body: { kind: BodyKind; name: string; beginsOn: LocalDate; endedOn: LocalDate | null },
  endedOn: LocalDate,
  today: LocalDate,
): Verdict {
  return allOf(
    stillRunning(body),
    provided(endedOn >= body.beginsOn && endedOn <= today, {
      code: 'ended-on',
      message: `撤销、结束日期应在开始日期${body.beginsOn}之后，不晚于今天。`,
      remedy: '请填写实际撤销、结束的日期。',
    }),
  )
}

/** A body uses what is there to be used: nothing lent elsewhere, in repair, missing or on its way out. */
export function mayUse(card: { number: string; state: string; removedOn: LocalDate | null }): Verdict {
  return provided(card.removedOn === null && ['in-use', 'idle'].includes(card.state), {
    code: 'card-state',
    message: `资产${card.number}的使用状况不能登记给临时机构、会议活动使用。`,
    basis: law.warehouse,
    remedy: '在用、闲置的资产可以登记。',
  })
}

/** Who holds the card says how the body came by it: the lead organ's own are not lent, another's are. */
export function mayComeBy(way: 'bought' | 'given' | 'lent', own: boolean): Verdict {
  return provided((way === 'lent') !== own, {
    code: 'way',
    message: own ? '牵头机关自己的资产不是借出的。' : '其他机关提供的资产应登记为“成员单位借出”。',
    remedy: '请改选取得方式。',
  })
}
