import { localDateOf } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { organNames, partyOrgan } from '#modules/organs/offers.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import { adjustmentTypeLabels } from '../model.ts'
import type { AdjustmentRow } from '../store/adjustment.ts'
import { issuePaper } from './issue.ts'
import { chineseDate, sumFen, wanNumber } from './wording.ts'

/** 计划调整备案表 (Art. 35, norm A35-2; fields of facts 1.5). */
export async function issueFilingDocument(ctx: Act, row: AdjustmentRow): Promise<string> {
  const authority = found(await partyOrgan(ctx.tx, row.jurisdictionCode, 'authority', ctx.today), '机关事务管理部门')
  const organ = (await organNames(ctx.tx, [row.organId])).get(row.organId) ?? ''
  const filedOn = localDateOf(row.filedAt ?? ctx.now)
  const change = (change: AdjustmentRow['changes'][number]) => [
    needKindLabels[change.needKind],
    change.itemName,
    change.economicCode,
    `${change.beforeQuantity}${change.unit}`,
    `${change.afterQuantity}${change.unit}`,
    wanNumber(change.beforeFen),
    wanNumber(change.afterFen),
    wanNumber(change.afterFen - change.beforeFen),
  ]
  return issuePaper(ctx, {
    kind: 'plans.filing',
    number: row.number,
    title: `${row.year}年度机关运行保障计划调整备案表`,
    organId: row.organId,
    jurisdictionCode: row.jurisdictionCode,
    recipientOrganIds: [authority.id],
    subject: { kind: 'plans.adjustment', id: row.id },
    caseId: row.caseId,
    document: {
      layout: 'form',
      organs: [organ],
      title: `${row.year}年度机关运行保障计划调整备案表`,
      formLine: { left: `填报单位：${organ}`, right: `提交日期：${chineseDate(filedOn)}` },
      body: [
        {
          kind: 'form',
          rows: [
            {
              fields: [
                { label: '调整类型', value: adjustmentTypeLabels[row.type] },
                { label: '调整日期', value: chineseDate(row.adjustedOn) },
              ],
            },
            {
              fields: [
                { label: '备案期限', value: `${chineseDate(row.dueOn)}${row.dueProvisional ? '（暂定）' : ''}` },
                { label: '是否逾期', value: row.overdue ? '是' : '否' },
              ],
            },
            { fields: [{ label: '依据文件', value: row.basisDocument }] },
            {
              fields: [
                { label: '资金渠道', value: row.fundSource },
                { label: '涉及预算调剂', value: row.needsFinance ? '是，须经财政部门批准' : '否' },
              ],
            },
            { fields: [{ label: '调整事由', value: row.cause }], minLines: 3 },
            { band: '调整内容（金额单位：万元）' },
            {
              items: {
                columns: [
                  { title: '类别', share: 15 },
                  { title: '事项', share: 20 },
                  { title: '科目', share: 9, align: 'center' },
                  { title: '原数量', share: 9, align: 'right' },
                  { title: '现数量', share: 9, align: 'right' },
                  { title: '原金额', share: 11, decimals: 2 },
                  { title: '现金额', share: 11, decimals: 2 },
                  { title: '增减', share: 11, decimals: 2 },
                ],
                rows: row.changes.map(change),
                total: [
                  '合计',
                  '',
                  '',
                  '',
                  '',
                  ...(['beforeFen', 'afterFen'] as const).map((key) =>
                    wanNumber(sumFen(row.changes.map((one) => one[key]))),
                  ),
                  wanNumber(sumFen(row.changes.map(({ beforeFen, afterFen }) => afterFen - beforeFen))),
                ],
              },
            },
            { opinion: { label: '填报单位负责人意见', text: '' }, minLines: 3 },
            { opinion: { label: '机关事务管理部门受理意见', text: '' }, minLines: 3 },
          ],
        },
      ],
    },
  })
}
