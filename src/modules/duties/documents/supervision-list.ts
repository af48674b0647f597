import { formatChineseDate, yearOf } from '#kernel/pure/local-date.ts'
import { provided } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { insist } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { issueDocument } from '#kernel/server/issued-documents.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import type { LateDuty } from '../contract.ts'
import { law } from '../law.ts'
import { lateWords } from '../rules/wording.ts'

/** 督办清单 (Art. 39, norm A39-1): what is late, organ by organ, as an official document that stays as it was issued. */
export async function issueList(
  act: Act,
  organ: { id: string; name: string; jurisdictionCode: string },
  late: readonly LateDuty[],
  { more, term }: { more: boolean; term: string | undefined },
): Promise<{ documentId: string; number: string; items: number }> {
  insist(
    provided(late.length > 0, {
      code: 'nothing-late',
      message: '没有逾期未办的事项，不需要印发督办清单。',
      basis: law.supervision,
    }),
  )
  const year = yearOf(act.today)
  const number = `督办清单〔${year}〕${await nextNumber(act.tx, `supervision-list-${organ.jurisdictionCode}-${year}`)}号`
  const organs = [...new Set(late.map(({ bearerName }) => bearerName))].sort((a, b) => (a < b ? -1 : 1))
  const title = '机关运行保障法定时限督办清单'
  const id = newId()
  const { id: documentId } = await issueDocument(act, {
    kind: 'duties.supervision-list',
    number,
    title,
    organId: organ.id,
    jurisdictionCode: organ.jurisdictionCode,
    recipientOrganIds: [...new Set(late.filter(({ party }) => party === 'applicant').map(({ organId }) => organId))],
    subject: { kind: 'duties.supervision-list', id },
    document: {
      layout: 'red-head',
      organs: [organ.name],
      number,
      createdAt: act.now.toISOString(),
      title: `${organ.name}\n${title}`,
      recipients: organs.length <= 12 ? organs : ['有关机关'],
      body: [
        {
          kind: 'paragraph',
          text: `截至${formatChineseDate(act.today)}，下列${late.length}项机关运行保障事项超过法定时限尚未办理，涉及${organs.length}个机关。依据《山西省机关运行保障条例》第三十九条，请有关机关立即办理，并在系统中补办。`,
        },
        {
          kind: 'table',
          landscape: true,
          columns: [
            { title: '序号', share: 5, align: 'center' },
            { title: '责任机关', share: 20 },
            { title: '事项', share: 22 },
            { title: '依据', share: 25 },
            { title: '最后一日', share: 11, align: 'center' },
            { title: '逾期', share: 10 },
            { title: '已提醒', share: 7, align: 'right' },
          ],
          rows: late.map((duty, index) => [
            index + 1,
            duty.bearerName,
            duty.title,
            duty.citation,
            duty.dueOn,
            lateWords(duty),
            `${duty.remindersSent}次`,
          ]),
          ...(more ? { notes: [`清单列前${late.length}项，其余见系统逾期清单。`] } : {}),
        },
      ],
      signature: { organs: [organ.name], date: act.today },
    },
  })
  await record(act, 'duties.list-issued', {
    subject: { kind: 'duties.supervision-list', id },
    organId: organ.id,
    after: { number, items: late.length, term: term ?? null },
    basis: law.supervision,
  })
  return { documentId, number, items: late.length }
}
