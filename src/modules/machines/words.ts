/** What happened, in words. */
export const facts = {
  'machines.token-issued': '签发接口令牌',
  'machines.token-revoked': '撤销接口令牌',
  'machines.settings-changed': '设定接口令牌期限和频率',
}

/** Fields of what was recorded. */
export const fields = {
  name: '对接系统',
  mark: '令牌标识',
  scopes: '权限',
  validUntil: '有效期至',
}

/** What its records are about. */
export const subjects = {
  'machines.token': '接口令牌',
}
