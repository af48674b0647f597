/** What happened, in words. */
export const facts = {
  'machines.token-issued': '签发接口令牌',
  'machines.token-revoked': '撤销接口令牌',
  'machines.settings-changed': '设定接口令牌期限和频率',
}
