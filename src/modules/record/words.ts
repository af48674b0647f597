/** What happened, in words; the kernel's own facts stand here too. */
export const facts = {
  'kernel.document-issued': '生成公文',
  'kernel.attachment-kept': '上传附件',
  'kernel.attachment-removed': '移除附件',
  'kernel.sealed-record-opened': '查看封存内容',
  'kernel.sealing-key-rotated': '更换加密密钥',
  'kernel.sealing-key-retired': '停用加密密钥',
  'kernel.denied': '越权被拒',
  'kernel.decisions-purged': '清除涉密决定内容',
  'kernel.due-date-moved': '期限重算',
  'kernel.audit-purged': '清除到期审计内容',
  'kernel.backup-made': '完成备份',
  'kernel.backup-failed': '备份未完成',
  'kernel.backup-restored': '从备份恢复',
  'kernel.audit-content-withdrawn': '撤除审计内容',
  'kernel.audit-chain-carried-over': '封存链转入审计树',
  'record.audit-exported': '导出审计记录',
}
