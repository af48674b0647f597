import { authorityRoles } from '#kernel/pure/actor.ts'
import type { Acting } from '#kernel/pure/case-kind.ts'
import type { StatutoryTerm } from '../../model.ts'

const regulation = '《山西省机关运行保障条例》'
/** The department that asks: its case is its own. */
const asking: Acting = { party: 'applicant', roles: [...authorityRoles, 'finance-reviewer'] }
const asked: Acting = { party: 'applicant', roles: ['organ-clerk', 'organ-head', 'plan-reviewer'] }

/** Terms of consultations, satisfaction surveys and improvements, and of what follows from a new standard (Art. 9, 38). */
export const consultationTerms = [
  {
    id: 'opinion-giving',
    norm: null,
    title: '答复征求意见',
    bearer: asked,
    rule: { kind: 'window', setBy: '征求意见单位确定的反馈截止日' },
    whenPassed: '视为没有意见，列入逾期清单。',
    citation: `${regulation}第九条第一款；反馈期限由征求意见单位确定`,
    confidence: 'D',
    carrier: { by: 'case', kind: 'consultation.opinion', states: ['waiting'] },
  },
  {
    id: 'opinion-answering',
    norm: 'A9-1',
    title: '答复收到的意见',
    bearer: asking,
    rule: {
      kind: 'after-event',
      event: '征集结束之日',
      duration: { unit: 'workdays', count: 15 },
      remindOnDays: [10, 13, 15],
    },
    whenPassed: '列入逾期清单；没有逐条答复的不能办结。',
    citation: '意见答复期限15个工作日（项目默认值）',
    confidence: 'D',
    carrier: { by: 'case', kind: 'consultation.consultation', states: ['answering'] },
  },
  {
    id: 'survey-closing',
    norm: 'A38-1',
    title: '办结满意度调查',
    bearer: asking,
    rule: {
      kind: 'after-event',
      event: '评价截止之日',
      duration: { unit: 'workdays', count: 15 },
      remindOnDays: [10, 13, 15],
    },
    whenPassed: '列入逾期清单。',
    citation: '评价截止后15个工作日内办结（项目默认值）',
    confidence: 'D',
    carrier: { by: 'case', kind: 'consultation.survey', states: ['open'] },
  },
  {
    id: 'survey-answering',
    norm: null,
    title: '评价机关运行保障服务',
    bearer: asked,
    rule: { kind: 'window', setBy: '调查单位确定的评价截止日' },
    whenPassed: '视为未评价，列入逾期清单。',
    citation: `${regulation}第三十八条；评价期限由调查单位确定`,
    confidence: 'D',
    carrier: { by: 'case', kind: 'consultation.answer', states: ['waiting'] },
  },
  {
    id: 'improvement',
    norm: 'A38-1',
    title: '落实服务改进措施',
    bearer: asking,
    rule: { kind: 'window', setBy: '登记改进措施时确定的完成日期' },
    whenPassed: '列入逾期清单。',
    citation: `${regulation}第三十八条；完成日期由主管部门确定`,
    confidence: 'D',
    carrier: { by: 'case', kind: 'consultation.improvement', states: ['open'] },
  },
  {
    id: 'expenditure-review',
    norm: 'A9-3',
    title: '复核支出定额和开支标准',
    bearer: { party: 'finance', roles: ['finance-reviewer'] },
    rule: {
      kind: 'after-event',
      event: '所依据的定额、标准变动之日',
      duration: { unit: 'workdays', count: 20 },
      remindOnDays: [10, 15, 20],
    },
    whenPassed: '列入逾期清单。',
    citation: '复核期限20个工作日（项目默认值）',
    confidence: 'D',
    carrier: { by: 'case', kind: 'drafting.expenditure-review', states: ['open'] },
  },
] as const satisfies readonly StatutoryTerm[]
