import { documentKindLabels } from './contract.ts'

/** What happened, in words; the kernel's own facts stand here too. */
export const facts = {
  'kernel.document-issued': '生成公文',
  'kernel.attachment-kept': '上传附件',
  'kernel.attachment-removed': '移除附件',
  'kernel.file-withdrawn': '撤除涉密文件',
  'kernel.sealed-record-opened': '查看封存内容',
  'kernel.sealing-key-rotated': '更换加密密钥',
  'kernel.sealing-key-retired': '停用加密密钥',
  'kernel.denied': '越权被拒',
  'kernel.secret-refused': '拒收带有密级标志的内容',
  'kernel.decisions-purged': '清除涉密决定内容',
  'kernel.due-date-moved': '期限重算',
  'kernel.audit-purged': '清除到期审计内容',
  'kernel.backup-made': '完成备份',
  'kernel.backup-failed': '备份未完成',
  'kernel.backup-restored': '从备份恢复',
  'kernel.exported': '导出整套数据',
  'kernel.imported': '导入整套数据',
  'kernel.audit-content-withdrawn': '撤除审计内容',
  'kernel.audit-chain-carried-over': '封存链转入审计树',
  'kernel.audit-epoch-begun': '审计记录开始新的时期',
  'record.audit-exported': '导出审计记录',
}

/** Fields of what the kernel recorded. */
export const fields = {
  kind: '公文种类',
  attachment: '附件',
}

/** Codes of its fields. */
export const codes = {
  kind: documentKindLabels,
}
