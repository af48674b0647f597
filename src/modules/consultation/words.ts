import { consultationStateLabels, opinionStateLabels, replyLabels, stanceLabels } from './model.ts'
import { answerStateLabels, improvementStateLabels, serviceFieldLabels, surveyStateLabels } from './model/survey.ts'

/** What happened, in words. */
export const facts = {
  'consultation.opened': '发起征求意见',
  'consultation.draft-saved': '保存答复草稿',
  'consultation.opinion-submitted': '提交答复',
  'consultation.opinion-changed': '修改答复',
  'consultation.collected': '征集结束',
  'consultation.items-replied': '答复意见',
  'consultation.replies-taken-back': '撤回意见答复',
  'consultation.items-grouped': '归并意见',
  'consultation.reminded': '催办',
  'consultation.closed': '办结征求意见',
  'consultation.withdrawn': '撤销征求意见',
  'consultation.survey-opened': '发起满意度调查',
  'consultation.survey-closed': '办结满意度调查',
  'consultation.survey-withdrawn': '撤销满意度调查',
  'consultation.rated': '提交评价',
  'consultation.improvement-added': '登记改进事项',
  'consultation.improvement-finished': '登记改进结果',
}

/** What its records are about. */
export const subjects = {
  'consultation.consultation': '征求意见',
  'consultation.answer': '满意度评价',
  'consultation.opinion': '反馈意见',
  'consultation.improvement': '改进措施',
  'consultation.survey': '满意度调查',
}

/** States of what its records are about. */
export const states = {
  'consultation.consultation': consultationStateLabels,
  'consultation.opinion': opinionStateLabels,
  'consultation.answer': answerStateLabels,
  'consultation.improvement': improvementStateLabels,
  'consultation.survey': surveyStateLabels,
}

/** Codes of its fields. */
export const codes = {
  stance: stanceLabels,
  reply: replyLabels,
  field: serviceFieldLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/consultation/consultations': '征求意见',
  '/consultation/surveys': '满意度调查',
}
