import type { z } from 'zod'
import { needKindLabels } from '#modules/standards/model.ts'
import type { ReportFigures, ReportTexts } from '../contract/report.ts'
import { wan, rate } from './wording.ts'

/** The text parts of a report as first proposed from the figures; people edit them. @param whose organ, or 本级各机关 */
export function draftReportTexts(
  year: number,
  whose: string,
  figures: z.infer<typeof ReportFigures>,
): z.infer<typeof ReportTexts> {
  const lowest = figures.byKind
    .filter(({ executionRateBp, plannedFen }) => executionRateBp !== null && plannedFen > 0)
    .sort((a, b) => (a.executionRateBp ?? 0) - (b.executionRateBp ?? 0))[0]
  return {
    overview:
      `${year}年度，${whose}机关运行保障计划安排资金${wan(figures.plannedFen)}万元` +
      (figures.adjustedFen === 0 ? '' : `，年中调整${wan(figures.adjustedFen)}万元`) +
      `，全年执行${wan(figures.executedFen)}万元，执行率${rate(figures.executionRateBp)}。`,
    problems:
      lowest && (lowest.executionRateBp ?? 10_000) < 9000
        ? `“${needKindLabels[lowest.needKind]}”执行率为${rate(lowest.executionRateBp)}，低于总体水平，原因是：`
        : '',
    savings: '',
    proposals: '',
  }
}
