import { useState } from 'react'
import { download } from '#kernel/web/client.ts'
import { documentDate } from '#kernel/web/dates.ts'
import { wanText } from '#kernel/web/money.ts'
import type { Fact } from '#kernel/web/Page.tsx'
import type { ProblemError, Unreachable } from '#kernel/web/problem.ts'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../../contract.ts'
import { DemandStateTag } from '../state-tags.tsx'
import type { DemandView } from './judged.ts'

/** What the record of a demand has in common, whether it is being filled in or read. */
export function demandRecord({ demand, organ }: DemandView, askedFen = demand.askedFen) {
  return {
    title: `${demand.organName} ${demand.year}年度需求申请`,
    number: demand.number,
    state: <DemandStateTag state={demand.state} />,
    trail: [{ label: '需求申请', path: '/plans/demands' }],
    facts: factsOf(demand, organ, askedFen),
    course: demand.caseId === null ? null : <CoursePanel caseId={demand.caseId} />,
    files: demand.caseId === null ? null : <AttachmentsPanel caseId={demand.caseId} />,
    changes: <ChangesPanel subject={{ kind: 'plans.demand', id: demand.id }} />,
  }
}

function factsOf(demand: DemandView['demand'], organ: DemandView['organ'], askedFen: number): Fact[] {
  const { approvedFen, submittedOn, late } = demand
  return [
    { label: '申请金额', value: `${wanText(askedFen)} 万元`, note: `${demand.lineCount} 行` },
    {
      label: '审定金额',
      value: approvedFen === null ? null : `${wanText(approvedFen)} 万元`,
      note: approvedFen === null ? null : `核减 ${wanText(demand.askedFen - approvedFen)} 万元`,
    },
    {
      label: '提交日期',
      value: submittedOn === null ? null : documentDate(submittedOn),
      note: late ? '逾期提交' : null,
    },
    {
      label: '编制内实有人数',
      value: `${organ.staffInPost} 人`,
      note: `核定编制 ${organ.approvedPosts}，取自编制登记`,
    },
    {
      label: '机关情况',
      value: [
        organ.inCompound ? '集中办公区' : '独立办公',
        organ.secretUnit ? '涉密单位' : '',
        organ.tradeUnion ? '工会' : '',
      ]
        .filter(Boolean)
        .join(' · '),
    },
  ]
}

/** Files of the demand: runs a download and keeps what went wrong, for the page to show. */
export function useDemandFiles(demandId: string) {
  const [error, setError] = useState<ProblemError | Unreachable | null>(null)
  const run = (operation: typeof contract.demandTemplate | typeof contract.exportDemand) => {
    setError(null)
    return download(operation, { demandId }).catch((problem: ProblemError | Unreachable) => setError(problem))
  }
  return { error, template: () => run(contract.demandTemplate), whole: () => run(contract.exportDemand) }
}
