import { draftStateLabels, expenditureReviewStateLabels, matterLabels } from './model.ts'

/** What happened, in words. */
export const facts = {
  'drafting.draft-made': '起草标准',
  'drafting.draft-saved': '修改文件信息',
  'drafting.change-added': '拟定一行',
  'drafting.change-saved': '修改拟定内容',
  'drafting.change-removed': '删除一行',
  'drafting.draft-consulted': '征求意见',
  'drafting.draft-submitted': '送批',
  'drafting.draft-recalled': '撤回修改',
  'drafting.draft-returned': '退回修改',
  'drafting.draft-refused': '不予批准',
  'drafting.draft-withdrawn': '撤销草案',
  'drafting.draft-approved': '批准标准',
  'drafting.expenditure-review-opened': '请财政复核支出标准',
  'drafting.expenditure-kept': '支出标准不作调整',
  'drafting.expenditure-revised': '支出标准已修订',
  'drafting.standard-confirmed': '复核标准不作调整',
}

/** Fields of what was recorded. */
export const fields = {
  content: '标准内容',
  codes: '涉及标准',
  restingCodes: '依据的标准',
}

/** What its records are about. */
export const subjects = {
  'drafting.draft': '标准草案',
  'drafting.expenditure-review': '支出标准复核',
}

/** States of what its records are about. */
export const states = {
  'drafting.draft': draftStateLabels,
  'drafting.expenditure-review': expenditureReviewStateLabels,
}

/** Codes of its fields. */
export const codes = {
  matter: matterLabels,
}
