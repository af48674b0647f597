/** What happened, in words. */
export const facts = {
  'people.signed-in': '登录',
  'people.signed-out': '退出',
  'people.organ-switched': '切换机关身份',
  'people.sign-in-failed': '登录失败',
  'people.password-changed': '修改密码',
  'people.sign-in-begun': '核对密码，待动态口令',
  'people.stepped-up': '再次验证身份',
  'people.second-factor-shown': '取得第二因素密钥',
  'people.second-factor-enrolled': '启用第二因素',
  'people.second-factor-replaced': '更换第二因素',
  'people.second-factor-removed': '停用第二因素',
  'people.second-factor-reset': '重置第二因素',
  'people.recovery-codes-renewed': '重新生成恢复码',
  'people.policy-changed': '修改安全策略',
  'people.account-unlocked': '解除登录锁定',
  'people.sessions-ended': '结束全部登录',
  'people.oidc-linked': '关联统一身份认证',
  'people.oidc-unlinked': '解除统一身份认证关联',
  'people.first-administrator': '开通首位管理员',
  'people.person-registered': '登记人员',
  'people.role-granted': '授予角色',
  'people.role-ended': '收回角色',
  'people.role-delegated': '委托角色',
  'people.password-reset': '重置密码',
  'people.session-ended': '结束登录',
  'people.account-active': '启用账号',
  'people.account-disabled': '停用账号',
  'people.personal-data-changed': '更新联系方式和号码',
  'people.personal-data-read': '查看完整号码',
  'people.person-searched': '按号码查找人员',
  'people.own-data-exported': '导出本人的个人信息',
  'people.correction-asked': '申请更正个人信息',
  'people.correction-done': '更正个人信息',
  'people.correction-declined': '不予更正个人信息',
  'people.correction-withdrawn': '撤回更正申请',
  'people.person-corrected': '更正姓名或职务',
}

/** Fields of what was recorded. */
export const fields = {
  method: '登录方式',
  secondFactor: '第二因素',
  field: '更正项目',
  name: '姓名',
  number: '号码',
  attempts: '失败次数',
  until: '至',
  secondProof: '第二因素',
  by: '验证方式',
  holding: '任职情况',
}

/** What its records are about. */
export const subjects = {
  'people.person': '人员',
  'people.account': '账号',
  'people.correction': '更正申请',
}

/** Codes of its fields. */
export const codes = {
  method: { password: '密码', oidc: '统一身份认证' },
  secondFactor: { code: '动态口令', 'recovery-code': '恢复码' },
  by: { password: '密码', code: '动态口令', 'recovery-code': '恢复码' },
  field: { name: '姓名', post: '职务' },
  state: {
    active: '正常',
    disabled: '已停用',
    asked: '待办理',
    done: '已更正',
    declined: '不予更正',
    withdrawn: '已撤回',
  },
}
