import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import type { OfficialDocument } from '#kernel/pure/official-document.ts'
import type { Act } from '#kernel/server/context.ts'
import { issueDocument } from '#kernel/server/issued-documents.ts'
import {
  foundLabels,
  outcomeLabels,
  resolutionLabels,
  resultLabels,
  valueBasisLabels,
  type Found,
  type Tally,
} from '../model.ts'
import { ratesOf, rateText } from '../rules/rates.ts'
import { scopeText } from '../rules/scope.ts'
import { countersOf, type CountRow } from '../store/count.ts'
import { differencesPage, resolvedSums, type DifferenceRow, type ResolvedSums } from '../store/difference.ts'
import { tallyOf } from '../store/progress.ts'

/** Lines of the difference sheet that are printed with the report; all of them stand in the record. */
const printed = 5000

/** 资产盘点报告 with the difference sheet, issued to authority and finance of the level (A12-4; AST-T11). */
export async function issueReport(act: Act, row: CountRow): Promise<string> {
  const tally = await tallyOf(act.tx, row.id)
  const sums = await resolvedSums(act.tx, row.id)
  const differences = await differencesPage(act.tx, row.id, {}, undefined, printed)
  const team = await countersOf(act.tx, row.id)
  const recipients = await Promise.all(
    (['authority', 'finance'] as const).map((part) =>
      act.directory.partyOrgan(act.tx, row.jurisdictionCode, part, act.today),
    ),
  )
  const others = recipients.flatMap((organ) => (organ === null || organ.id === row.organId ? [] : [organ]))
  const title = `${row.title}报告`
  const { id } = await issueDocument(act, {
    kind: 'stocktaking.report',
    number: row.number,
    title,
    organId: row.organId,
    jurisdictionCode: row.jurisdictionCode,
    recipientOrganIds: others.map((organ) => organ.id),
    subject: { kind: 'stocktaking.count', id: row.id },
    caseId: row.caseId,
    document: {
      layout: 'report',
      organs: [row.organName],
      number: row.number,
      title,
      subtitle: `盘点基准日：${formatChineseDate(row.baseOn)}`,
      ...(others.length === 0 ? {} : { recipients: others.map(({ name }) => name) }),
      body: body(
        row,
        tally,
        sums,
        differences,
        team.map(({ name }) => name),
      ),
      signature: { organs: [row.organName], date: act.today },
      createdAt: act.now.toISOString(),
    },
  })
  return id
}

function body(
  row: CountRow,
  tally: Tally,
  sums: ResolvedSums,
  differences: readonly DifferenceRow[],
  team: readonly string[],
): OfficialDocument['body'] {
  const rates = ratesOf(tally)
  return [
    { kind: 'heading', level: 1, text: '盘点组织情况' },
    {
      kind: 'paragraph',
      text: `依据《山西省机关运行保障条例》第十二条第三款，${row.organName}以${formatChineseDate(row.baseOn)}为基准日，对${scopeText(row.scope)}进行盘点。盘点小组${team.length}人：${team.join('、')}。${formatChineseDate(row.openedOn)}开始，${formatChineseDate(row.endedOn ?? row.openedOn)}结束清点。`,
    },
    { kind: 'heading', level: 1, text: '盘点结果' },
    {
      kind: 'paragraph',
      text: `账面资产${tally.items}项，原值${formatYuan(tally.costFen)}元。账实相符率${rateText(rates.agreement)}，盘亏率${rateText(rates.shortage)}；盘盈${tally.surplus}项。账实相符率＝（一致＋闲置＋损坏待报废）÷账面资产项数。`,
    },
    {
      kind: 'table',
      caption: '表1　盘点结果汇总',
      unit: '单位：项',
      columns: ['账面', '一致', '信息不符', '盘亏', '闲置', '损坏待报废', '重复卡', '盘盈'].map((column) => ({
        title: column,
        share: 1,
        align: 'center' as const,
      })),
      rows: [
        [
          tally.items,
          tally.same,
          tally.mismatch,
          tally.missing,
          tally.idle,
          tally.damaged,
          tally.duplicate,
          tally.surplus,
        ],
      ],
    },
    { kind: 'heading', level: 1, text: '差异处理情况' },
    {
      kind: 'paragraph',
      text: `差异共${sums.total}项。更正卡片${sums.corrected}项；盘盈登记卡片${sums.registered}项，入账价值${formatYuan(sums.registeredFen)}元；转盘亏待查${sums.pursued}项，原值${formatYuan(sums.pursuedFen)}元，在财政部门同意核销前不从账面注销。`,
    },
    {
      kind: 'table',
      caption: '表2　盘点差异表',
      landscape: true,
      columns: [
        { title: '序号', share: 4, align: 'center' },
        { title: '结果', share: 7, align: 'center' },
        { title: '资产编号', share: 11 },
        { title: '资产名称', share: 11 },
        { title: '账面与实际', share: 19 },
        { title: '原值（元）', share: 9, decimals: 2 },
        { title: '原因', share: 15 },
        { title: '责任人', share: 7 },
        { title: '处理方式', share: 13 },
        { title: '落实', share: 9 },
      ],
      rows: differences.map((one, at) => [
        at + 1,
        resultLabels[one.result],
        one.number,
        one.name,
        contrast(one),
        (one.card?.valueFen ?? one.costFen) / 100,
        one.cause,
        one.responsible,
        one.resolution === null ? '' : resolutionText(one),
        one.outcome === null ? '' : outcomeLabels[one.outcome],
      ]),
      emptyText: '没有差异',
      ...(sums.total > printed ? { notes: [`差异共${sums.total}项，本表列出前${printed}项，其余见系统。`] } : {}),
    },
    { kind: 'heading', level: 1, text: '盘点结论' },
    { kind: 'paragraph', text: row.conclusion },
  ]
}

const resolutionText = ({ resolution, card }: DifferenceRow): string =>
  `${resolution === null ? '' : resolutionLabels[resolution]}${card === null ? '' : `，按${valueBasisLabels[card.valueBasis]}`}`

/** `存放地点：主楼301→主楼302`, or where the thing was. */
function contrast({ booked, found, place, remark }: DifferenceRow): string {
  const differing = (Object.entries(found) as [keyof Found, string][]).map(
    ([key, value]) => `${foundLabels[key]}：${booked[key] === undefined ? '' : `${booked[key] || '空'}→`}${value}`,
  )
  return [...(differing.length === 0 ? [place] : differing), remark].filter(Boolean).join('；')
}
