import type { Download } from '#kernel/server/context.ts'
import { spooledWorkbook, type SheetRow } from '#kernel/server/spreadsheet/write-workbook.ts'
import type { LateDuty } from '../contract.ts'
import { dutyStateLabels } from '../model.ts'
import type { After } from '../store/register.ts'
import { lateWords } from '../rules/wording.ts'

const batch = 500

/** The overdue register as a workbook: exactly what is filtered, read in batches by last day. */
export async function exportOverdue(
  pageAfter: (after: After, limit: number) => Promise<LateDuty[]>,
): Promise<Download> {
  return spooledWorkbook('法定时限逾期清单.xlsx', [
    {
      name: '逾期清单',
      lead: ['法定时限逾期清单'],
      columns: [
        { title: '责任机关', width: 28 },
        { title: '涉及机关', width: 28 },
        { title: '时限', width: 24 },
        { title: '事项', width: 30 },
        { title: '依据', width: 40 },
        { title: '最后一日', kind: 'date', width: 12 },
        { title: '办结日期', kind: 'date', width: 12 },
        { title: '状态', width: 10 },
        { title: '逾期', width: 14 },
        { title: '已提醒次数', kind: 'number', width: 10 },
        { title: '最近提醒', kind: 'date', width: 12 },
      ],
      rows: rowsOf(pageAfter),
    },
  ])
}

async function* rowsOf(pageAfter: (after: After, limit: number) => Promise<LateDuty[]>): AsyncGenerator<SheetRow> {
  for (let after: After = null; ;) {
    const page = await pageAfter(after, batch)
    for (const duty of page)
      yield [
        duty.bearerName,
        duty.organName,
        duty.termTitle,
        duty.title,
        duty.citation,
        duty.dueOn,
        duty.fulfilledOn,
        dutyStateLabels[duty.state],
        lateWords(duty),
        duty.remindersSent,
        duty.lastRemindedOn,
      ]
    const last = page.at(-1)
    if (page.length < batch || !last) return
    after = { dueOn: last.dueOn, key: last.key }
  }
}
