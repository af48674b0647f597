/** What happened, in words. */
export const facts = {
  'whatif.scenario-created': '新建测算方案',
  'whatif.scenario-saved': '保存测算方案',
  'whatif.scenario-deleted': '删除测算方案',
  'whatif.run-asked': '测算',
}

/** Fields of what was recorded. */
export const fields = {
  scope: '测算范围',
}

/** What its records are about. */
export const subjects = {
  'whatif.scenario': '模拟测算',
}

/** Codes of its fields. */
export const codes = {
  scope: { jurisdiction: '本级', province: '全省' },
}

/** What its pages are called in the navigation. */
export const places = {
  '/whatif': '模拟测算',
}
