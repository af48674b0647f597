import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import {
  resolutionsOf,
  resultLabels,
  type Difference,
  type Resolution,
  type SurplusCard,
  type Tally,
} from '../model.ts'

/** The count of things may end: nobody disagrees any more, and what was not counted is said to be missing. */
export function mayEnd(tally: Pick<Tally, 'items' | 'counted' | 'disputed'>, uncountedAreMissing: boolean): Verdict {
  const left = tally.items - tally.counted - tally.disputed
  return allOf(
    provided(tally.disputed === 0, {
      code: 'disputed',
      message: `还有${tally.disputed}项资产的盘点结果不一致。`,
      facts: { 不一致: tally.disputed },
      remedy: '请先核对并确定以哪一个结果为准。',
    }),
    provided(left === 0 || uncountedAreMissing, {
      code: 'uncounted',
      message: `还有${left}项资产没有清点。`,
      facts: { 未清点: left },
      remedy: '请继续清点；确已找不到实物的，可一并记为盘亏。',
    }),
  )
}

/** A way of dealing with a difference fits its kind and gives a cause and who answers for it (facts 2.5). */
export function mayWork(
  difference: Pick<Difference, 'result' | 'name'>,
  worked: { resolution: Resolution; cause: string; responsible: string; card: SurplusCard | null },
): Verdict {
  const fitting = difference.result === 'same' ? [] : resolutionsOf[difference.result]
  return allOf(
    provided(fitting.includes(worked.resolution), {
      code: 'resolution-unfit',
      message: `“${difference.name}”是${resultLabels[difference.result]}，不能这样处理。`,
      remedy: '请按差异的种类分别处理。',
    }),
    provided(worked.resolution !== 'register' || worked.card !== null, {
      code: 'surplus-card',
      message: `盘盈的“${difference.name}”登记卡片前，应填写分类和入账价值。`,
      remedy: '请逐项填写。',
    }),
    worked.card === null ? provided(true, { code: '', message: '' }) : valueVerdict(worked.card),
    provided(
      [worked.cause, worked.responsible].every((word) => secrecyMarkIn(word) === null),
      {
        code: 'A44-1',
        message: '填写的内容带有密级标志。本系统为非涉密系统。',
        basis: law.secrecy,
        remedy: '请删除相关内容。',
      },
    ),
  )
}

/** Surplus is booked at its evidence, else appraised, else at replacement cost, else at the nominal yuan (facts 2.5). */
export function valueVerdict(card: Pick<SurplusCard, 'valueBasis' | 'valueFen' | 'evidence'>): Verdict {
  const nominal = card.valueBasis === 'nominal'
  return allOf(
    provided(!nominal || card.valueFen === 100, {
      code: 'nominal-value',
      message: '以名义金额入账的，价值为1元。',
      remedy: '请改为1元，或选择其他入账依据。',
    }),
    provided(nominal || card.evidence.trim() !== '', {
      code: 'value-evidence',
      message: '按凭据、评估价值或重置成本入账的，应写明依据。',
      remedy: '请填写发票号、评估报告号或询价记录。',
    }),
  )
}

/** The sheet may be handed in when every difference is worked (A12-4). */
export function maySubmit(open: number): Verdict {
  return provided(open === 0, {
    code: 'open-differences',
    message: `还有${open}项差异没有处理。`,
    facts: { 未处理: open },
    remedy: '请写明每项差异的原因、责任人和处理方式。',
  })
}

/** Whether finance must consent: something of value is to be written off later (A12-3; AST-R07). */
export function writesOff(pursued: number): boolean {
  return pursued > 0
}

/** In which state a card comes out of a resolution; null where its state stays. */
export const stateAfter: Readonly<Partial<Record<Resolution, 'missing' | 'idle' | 'disposal-pending' | 'repair'>>> = {
  // Never simply removed: it stays on the books until the loss is written off with consent (AST-R07).
  pursue: 'missing',
  'mark-idle': 'idle',
  'to-disposal': 'disposal-pending',
  repair: 'repair',
}
