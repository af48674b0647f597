import { formatChineseDate } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { issueDocument } from '#kernel/server/issued-documents.ts'
import { organNames } from '#modules/organs/offers.ts'
import { replyLabels } from '../model.ts'
import type { ConsultationRow } from '../store/consultation.ts'
import { allItems, type ItemRow } from '../store/item.ts'
import { invitedOrgans } from '../store/opinion.ts'

/**
 * 意见汇总及采纳情况表 (norm A9-1): who was asked, what each said, what became of it and why. It goes to everybody asked,
 * so it names the organs only where the consultation was opened so.
 */
export async function issueSummary(act: Act, row: ConsultationRow, conclusion: string): Promise<string> {
  const invited = await invitedOrgans(act.tx, row.id)
  const items = await allItems(act.tx, row.id)
  const names = await organNames(act.tx, [row.organId, ...invited.map(({ organId }) => organId)])
  const nameOf = (organId: string) => names.get(organId) ?? ''
  const answered = invited.filter(({ state }) => state === 'answered')
  const silent = invited.filter(({ state }) => state !== 'answered')
  const count = (reply: ItemRow['reply']) => items.filter((item) => item.reply === reply).length
  const title = `关于《${row.title}》意见汇总及采纳情况表`
  const { id } = await issueDocument(act, {
    kind: 'consultation.summary',
    number: row.number,
    title,
    organId: row.organId,
    jurisdictionCode: row.jurisdictionCode,
    recipientOrganIds: invited.map(({ organId }) => organId),
    subject: { kind: 'consultation.consultation', id: row.id },
    caseId: row.caseId,
    document: {
      layout: 'report',
      organs: [nameOf(row.organId)],
      number: row.number,
      title: `关于《${row.title}》\n意见汇总及采纳情况表`,
      subtitle: `${formatChineseDate(row.openedOn)}至${formatChineseDate(act.today)}`,
      body: [
        { kind: 'heading', level: 1, text: '征求意见情况' },
        {
          kind: 'paragraph',
          text: `依据《山西省机关运行保障条例》第九条，${nameOf(row.organId)}于${formatChineseDate(row.openedOn)}就《${row.title}》征求${invited.length}个机关的意见，反馈截止日为${formatChineseDate(row.opinionsUntil)}。${answered.length}个机关反馈，共提出意见${items.length}条，其中采纳${count('adopted')}条，部分采纳${count('partly')}条，不采纳${count('not-adopted')}条。`,
        },
        ...(silent.length === 0
          ? []
          : [
              {
                kind: 'paragraph' as const,
                text: row.namesShown
                  ? `未反馈的机关${silent.length}个：${silent.map(({ organId }) => nameOf(organId)).join('、')}。`
                  : `未反馈的机关${silent.length}个。`,
              },
            ]),
        ...(conclusion === '' ? [] : [{ kind: 'paragraph' as const, text: conclusion }]),
        { kind: 'heading', level: 1, text: '意见采纳情况' },
        {
          kind: 'table',
          landscape: true,
          columns: [
            { title: '序号', share: 5, align: 'center' },
            ...(row.namesShown ? [{ title: '提出机关', share: 14 }] : []),
            { title: '对应条款', share: 11 },
            { title: '意见和理由', share: 26 },
            { title: '修改建议', share: 20 },
            { title: '采纳情况', share: 9, align: 'center' },
            { title: '答复理由', share: 22 },
          ],
          rows: items.map((item) => [
            item.itemNo,
            ...(row.namesShown ? [`${nameOf(item.organId)}${item.late ? '（逾期反馈）' : ''}`] : []),
            item.place,
            item.reason === '' ? item.opinion : `${item.opinion}\n理由：${item.reason}`,
            item.suggestion,
            item.reply === null ? '' : replyLabels[item.reply],
            item.replyReason ?? '',
          ]),
          emptyText: '各机关均无意见',
        },
      ],
      signature: { organs: [nameOf(row.organId)], date: act.today },
      createdAt: act.now.toISOString(),
    },
  })
  return id
}
