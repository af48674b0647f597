import { calendarOfSlice, type CalendarSlice } from '#kernel/pure/calendar-slice.ts'
import { statutoryDeadline } from '#kernel/pure/deadline.ts'
import type { DecisionKind } from '#kernel/pure/decision.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import { finding, type Finding } from '#kernel/pure/verdict.ts'
import { needKindLabels, type StandardsInForce } from '#modules/standards/model.ts'
import { law } from '../../law.ts'
import { adjustmentTypeLabels, type AdjustmentChange, type AdjustmentType } from '../../model.ts'
import { checkAdjustment, needsFinance } from '../adjustment.ts'
import { indexStandards, parameter } from '../facts.ts'

/** The adjustment as filed, and the days of the calendar that its term was counted over. */
export type AdjustmentFilingInputs = {
  type: AdjustmentType
  cause: string
  basisDocument: string
  adjustedOn: string
  filedOn: string
  year: number
  changes: readonly AdjustmentChange[]
  calendar: CalendarSlice
}

/** Art. 35: adjusted first on a ground that the Regulation knows, filed within the working days set (norms A35-1, A35-2). */
export const adjustmentFilingKind: DecisionKind<AdjustmentFilingInputs, StandardsInForce> = {
  kind: 'plans.adjustment-filing',
  title: '调整备案核对',
  rulesVersion: 1,
  labels: {
    type: '调整情形',
    cause: '事由',
    basisDocument: '依据文件',
    adjustedOn: '调整日期',
    filedOn: '备案日期',
    year: '年度',
    changes: '调整项目',
    calendar: '工作日历',
    confirmedYears: '已有放假通知的年度',
    special: '放假和调休',
    name: '名称',
    source: '出处',
    ...needKindLabels,
    ...adjustmentTypeLabels,
    lineId: '计划行',
    needKind: '需求类别',
    itemName: '事项名称',
    economicCode: '部门经济科目',
    unit: '单位',
    beforeFen: '调整前（分）',
    afterFen: '调整后（分）',
    beforeQuantity: '调整前数量',
    afterQuantity: '调整后数量',
  },
  evaluate: ({ filedOn, calendar, ...facts }, standards) => {
    const { economicByCode } = indexStandards(standards)
    const checked = checkAdjustment({ ...facts, today: filedOn, economicCodes: economicByCode })
    const term = checkFilingTerm({ adjustedOn: facts.adjustedOn, filedOn, calendar }, standards)
    const finance = needsFinance(checked)
    const movedFen = facts.changes.reduce((sum, { beforeFen, afterFen }) => sum + Math.max(0, afterFen - beforeFen), 0)
    const late = term.outcome === 'warn'
    return {
      findings: [term, ...checked],
      conclusion: {
        says: `${late ? '逾期备案' : '按期备案'}，${finance ? '须经财政部门批准' : '无须财政批准'}；调增${formatYuan(movedFen)}元。`,
        values: { 逾期: late, 须财政批准: finance, '调增（分）': movedFen },
      },
    }
  },
}

/** PLAN-R13: filed on or before the last day of the term; a term over a year without a notice makes nothing late (CAL-R01). */
function checkFilingTerm(
  { adjustedOn, filedOn, calendar }: Pick<AdjustmentFilingInputs, 'adjustedOn' | 'filedOn' | 'calendar'>,
  standards: StandardsInForce,
): Finding {
  const { value: workdays, used } = parameter(standards, 'plan.filing-workdays')
  const { dueOn, provisional, explanation } = statutoryDeadline({
    from: adjustedOn,
    duration: { unit: 'workdays', count: workdays },
    calendar: calendarOfSlice(calendar),
  })
  const late = !provisional && filedOn > dueOn
  return finding(
    'PLAN-R13',
    late ? 'warn' : 'ok',
    law.fileAdjustment,
    late ? `备案于${filedOn}提交，晚于截止日${dueOn}。` : `备案于${filedOn}提交，在截止日${dueOn}以内。`,
    {
      field: 'adjustedOn',
      remedy: late ? '备案仍予接收，标记逾期，由机关事务管理部门监督。' : null,
      facts: { 调整日期: adjustedOn, 备案日期: filedOn, 截止日: dueOn, 暂定: provisional },
      parameters: [used],
      steps: [
        {
          label: '备案截止日',
          expression: explanation,
          result: dueOn,
          operands: [
            { label: '调整日期', value: adjustedOn, unit: '' },
            { label: '期限', value: workdays, unit: '个工作日' },
          ],
        },
      ],
    },
  )
}
