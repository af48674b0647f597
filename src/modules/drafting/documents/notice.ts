import { formatChineseDate } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { issueDocument } from '#kernel/server/issued-documents.ts'
import { organNames, organsOf } from '#modules/organs/offers.ts'
import { changeActLabels, matterLabels, partOfMatter, type ChangeContent } from '../model.ts'
import type { DraftFacts } from '../rules/facts.ts'
import type { DraftRow } from '../store/draft.ts'
import { lineWords } from '../rules/wording.ts'

type Line = { lineNo: number; content: ChangeContent; before: unknown }

const ground: Readonly<Record<DraftRow['matter'], string>> = {
  standard: '依据《山西省机关运行保障条例》第九条第一款的规定，在征求服务保障对象意见后',
  expenditure: '依据《山西省机关运行保障条例》第九条第二款的规定，根据实物定额和服务标准',
  parameter: '依据《山西省机关运行保障条例》的有关规定',
  catalogue: '依据《山西省机关运行保障条例》第六条、第十条的规定',
}

/**
 * 通知 that lays the standards down (Art. 6, 9): what changes, from what to what, from which day, with reasons, so that
 * the document alone answers what holds.
 */
export async function issueDraftDocument(
  act: Act,
  { draft, changes, facts }: { draft: DraftRow; changes: readonly Line[]; facts: DraftFacts },
): Promise<string> {
  const issuer = (await organNames(act.tx, [draft.organId])).get(draft.organId) ?? ''
  const served = (await organsOf(act.tx, draft.jurisdictionCode, act.today)).filter(({ id }) => id !== draft.organId)
  const number = found(draft.documentNumber, '文号')
  const on = found(draft.inForceOn, '施行日期')
  const title = `关于印发《${draft.documentTitle}》的通知`
  const asked = facts.consultation?.closed ?? false
  const { id } = await issueDocument(act, {
    kind: 'drafting.notice',
    number,
    title,
    organId: draft.organId,
    jurisdictionCode: draft.jurisdictionCode,
    recipientOrganIds: served.map((organ) => organ.id),
    subject: { kind: 'drafting.draft', id: draft.id },
    ...(draft.caseId === null ? {} : { caseId: draft.caseId }),
    document: {
      layout: 'red-head',
      organs: [issuer],
      number,
      createdAt: act.now.toISOString(),
      title: `${issuer}${title}`,
      recipients: ['本级各机关'],
      body: [
        {
          kind: 'paragraph',
          text: `${ground[draft.matter]}，制定《${draft.documentTitle}》，现予印发，自${formatChineseDate(on)}起施行。`,
        },
        { kind: 'heading', level: 1, text: '理由' },
        { kind: 'paragraph', text: draft.reason },
        ...(asked
          ? [{ kind: 'paragraph' as const, text: '起草过程中征求了本级各机关的意见，意见采纳情况另行告知。' }]
          : []),
        ...(draft.retroactiveGround === ''
          ? []
          : [{ kind: 'paragraph' as const, text: `施行日期的依据：${draft.retroactiveGround}` }]),
        {
          kind: 'paragraph',
          text: `本次${matterLabels[draft.matter]}共${changes.length}项，见附件。原标准执行至${formatChineseDate(on)}的前一日，此前已经作出的审核决定不受影响。`,
        },
      ],
      attachments: [
        {
          name: draft.documentTitle,
          body: [
            {
              kind: 'table',
              landscape: true,
              columns: [
                { title: '序号', share: 5, align: 'center' },
                { title: '项目', share: 20 },
                { title: '方式', share: 7, align: 'center' },
                { title: '原标准', share: 24 },
                { title: '标准', share: 26 },
                { title: '说明', share: 18 },
              ],
              rows: changes.map((line) => {
                const { name, before, after } = lineWords(line)
                return [line.lineNo, name, changeActLabels[line.content.act], before, after, line.content.note]
              }),
            },
          ],
        },
      ],
      signature: { organs: [issuer], date: act.today },
      note: partOfMatter(draft.matter) === 'finance' ? '此件依申请公开' : '此件公开发布',
    },
  })
  return id
}
