import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import type { Act } from '#kernel/server/context.ts'
import { issueDocument } from '#kernel/server/issued-documents.ts'
import { disposalFormLabels, type ConsentList } from '../model.ts'
import type { ApplicationRow } from '../store/application.ts'

/** 函 by which finance consents to the small disposals of a month at once (A12-3; facts 2.5, path T1). */
export async function issueConsentList(
  act: Act,
  list: ConsentList,
  rows: readonly ApplicationRow[],
  by: { issuer: { id: string; name: string }; jurisdictionCode: string; authority: { id: string; name: string } },
): Promise<void> {
  const { issuer, authority } = by
  const title = `关于同意${list.consentedOn.slice(0, 4)}年${Number(list.consentedOn.slice(5, 7))}月小额资产处置的函`
  await issueDocument(act, {
    kind: 'disposal.consent-list',
    number: list.document,
    title,
    organId: issuer.id,
    jurisdictionCode: by.jurisdictionCode,
    recipientOrganIds: [...new Set([authority.id, ...rows.map(({ organId }) => organId)])],
    subject: { kind: 'disposal.consent-list', id: list.id },
    document: {
      layout: 'red-head',
      organs: [issuer.name],
      number: list.document,
      createdAt: act.now.toISOString(),
      title: `${issuer.name}${title}`,
      recipients: [authority.name],
      body: [
        {
          kind: 'paragraph',
          text: `依据《山西省机关运行保障条例》第十二条的规定，同意你单位审核的小额资产处置申请${rows.length}件，原值合计${formatYuan(list.costFen)}元（见附件）。同意日期为${formatChineseDate(list.consentedOn)}。请督促有关单位按规定实施，处置收入扣除成本后及时上缴国库。`,
        },
      ],
      attachments: [
        {
          name: '小额资产处置清单',
          body: [
            {
              kind: 'table',
              unit: '单位：元',
              columns: [
                { title: '序号', share: 5, align: 'center' },
                { title: '单位', share: 26 },
                { title: '申请编号', share: 16 },
                { title: '处置形式', share: 12 },
                { title: '项数', share: 7 },
                { title: '原值', share: 14, decimals: 2 },
              ],
              rows: rows.map((row, index) => [
                index + 1,
                row.organName,
                row.number ?? '',
                disposalFormLabels[row.form],
                row.items,
                row.costFen / 100,
              ]),
              total: [null, '合计', null, null, rows.reduce((sum, { items }) => sum + items, 0), list.costFen / 100],
            },
          ],
        },
      ],
      signature: { organs: [issuer.name], date: act.today },
      note: '此件依申请公开',
    },
  })
}
