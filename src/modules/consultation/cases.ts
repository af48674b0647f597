import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'
import { clockUnder } from '#modules/duties/reference/terms.ts'
import { answerRoles, leadRoles } from './policy.ts'

/** The department that asks: the case is its own. */
const leader: Acting = { party: 'applicant', roles: leadRoles }
const organ: Acting = { party: 'applicant', roles: answerRoles }
/** Follows from what becomes of the consultation or survey and is done by the system in the same act. */
const followsConsultation: Acting = { party: 'authority', roles: leadRoles }

/** A consultation, as the department that asks sees it through (norm A9-1). */
export const consultationCase = defineCaseKind({
  kind: 'consultation.consultation',
  title: '征求意见',
  page: '/consultation/consultations/:subjectId',
  initial: 'open',
  states: {
    open: { label: '征求意见中', waitsFor: leader, task: '征集各机关意见' },
    answering: {
      label: '答复意见中',
      waitsFor: leader,
      task: '逐条答复意见并办结',
      clock: clockUnder('opinion-answering'),
    },
    closed: { label: '已办结', final: 'done' },
    withdrawn: { label: '已撤销', final: 'withdrawn' },
  },
  transitions: {
    collect: { label: '征集结束，开始答复', from: ['open'], to: 'answering', by: leader },
    close: { label: '办结', from: ['open', 'answering'], to: 'closed', by: leader },
    withdraw: {
      label: '撤销',
      from: ['open', 'answering'],
      to: 'withdrawn',
      by: leader,
      opinion: 'required',
    },
  },
})

/** What one invited organ has to do; one case for each, so that it stands in that organ's inbox with the last day. */
export const opinionCase = defineCaseKind({
  kind: 'consultation.opinion',
  title: '答复征求意见',
  page: '/consultation/opinions/:subjectId',
  initial: 'waiting',
  states: {
    waiting: { label: '待答复', waitsFor: organ, task: '答复征求意见' },
    answered: { label: '已答复', final: 'done' },
    unanswered: { label: '未反馈', final: 'done' },
    withdrawn: { label: '已撤销', final: 'withdrawn' },
  },
  transitions: {
    answer: { label: '提交答复', from: ['waiting'], to: 'answered', by: organ },
    lapse: { label: '办结时未反馈', from: ['waiting'], to: 'unanswered', by: followsConsultation },
    withdraw: { label: '征求意见撤销', from: ['waiting'], to: 'withdrawn', by: followsConsultation },
  },
})

/** A satisfaction survey, as the department that asks sees it through (norms A5-1, A38-1). */
export const surveyCase = defineCaseKind({
  kind: 'consultation.survey',
  title: '满意度调查',
  page: '/consultation/surveys/:subjectId',
  initial: 'open',
  states: {
    open: {
      label: '调查中',
      waitsFor: leader,
      task: '征集评价，截止后办结',
      clock: clockUnder('survey-closing'),
    },
    closed: { label: '已办结', final: 'done' },
    withdrawn: { label: '已撤销', final: 'withdrawn' },
  },
  transitions: {
    close: { label: '办结', from: ['open'], to: 'closed', by: leader },
    withdraw: { label: '撤销', from: ['open'], to: 'withdrawn', by: leader, opinion: 'required' },
  },
})

/** One organ's rating. */
export const answerCase = defineCaseKind({
  kind: 'consultation.answer',
  title: '满意度评价',
  page: '/consultation/answers/:subjectId',
  initial: 'waiting',
  states: {
    waiting: { label: '待评价', waitsFor: organ, task: '评价机关运行保障服务' },
    answered: { label: '已评价', final: 'done' },
    unanswered: { label: '未评价', final: 'done' },
    withdrawn: { label: '已撤销', final: 'withdrawn' },
  },
  transitions: {
    answer: { label: '提交评价', from: ['waiting'], to: 'answered', by: organ },
    lapse: { label: '办结时未评价', from: ['waiting'], to: 'unanswered', by: followsConsultation },
    withdraw: { label: '调查撤销', from: ['waiting'], to: 'withdrawn', by: followsConsultation },
  },
})

/** One thing that is to become better, until it has (norm A38-1). */
export const improvementCase = defineCaseKind({
  kind: 'consultation.improvement',
  title: '服务改进事项',
  page: '/consultation/improvements/:subjectId',
  initial: 'open',
  states: {
    open: { label: '改进中', waitsFor: leader, task: '落实改进措施并登记结果' },
    done: { label: '已完成', final: 'done' },
  },
  transitions: { finish: { label: '登记结果', from: ['open'], to: 'done', by: leader, opinion: 'required' } },
})
