import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched, usePages } from '#kernel/web/fetching.ts'
import { Facts, Page, Section, type Fact } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { backupOriginLabels, backupStateLabels, contract, type Backup, type Status } from '../contract.ts'
import { agoText, bytesText, durationText, megabytes } from './sizes.ts'
import { WarningList } from './WarningList.tsx'

/** 运行状态: what the system administrator looks at; nothing of the business. */
export default function UpkeepPage() {
  return (
    <Page
      title="运行状态"
      lead="备份、日志归档、审计封存、磁盘和版本。备份和恢复在服务器上用命令行进行，步骤见运维手册。"
    >
      <Standing />
      <Section title="备份记录">
        <Backups />
      </Section>
    </Page>
  )
}

function Standing() {
  const status = useFetched(contract.viewStatus, {})
  return (
    <>
      {status.warnings.length > 0 ? (
        <WarningList items={status.warnings} />
      ) : (
        <p className="upkeep-well">
          <StateTag tone="done" word="没有需要处理的问题" />
        </p>
      )}
      <Section title="备份和归档">
        <Facts of={backupFacts(status)} />
      </Section>
      <Section title="运行环境">
        <Facts of={machineFacts(status)} />
        <ul className="upkeep-processes">
          {status.processes.map(({ id, host, pid, version, startedAt, memoryBytes }) => (
            <li key={id}>
              {host}，进程号 {pid}，版本 {version}，{shortInstant(startedAt)} 启动，内存 {bytesText(memoryBytes)}
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

function backupFacts({ at, backup, lastBackupAt, archive }: Status): Fact[] {
  return [
    {
      label: '最近一次成功的备份',
      value: lastBackupAt ? agoText(lastBackupAt, at) : '无',
      note: lastBackupAt && shortInstant(lastBackupAt),
    },
    {
      label: '每日备份',
      value: backup ? backup.at : '未设置',
      note: backup && `保留 ${backup.keep} 份，密钥 ${backup.keyId}`,
    },
    { label: '日志归档', value: archiveTag(archive), note: archiveNote(archive, at) },
    { label: '备份目录', value: backup?.directory ?? null },
  ]
}

function machineFacts({ sealing, disk, database }: Status): Fact[] {
  return [
    {
      label: '审计封存',
      value: sealing && (
        <StateTag tone={sealing.working ? 'done' : 'overdue'} word={sealing.working ? '正常' : '已停止'} />
      ),
      note: sealing && sealing.lagSeconds > 0 ? `有记录等待 ${sealing.lagSeconds} 秒` : '没有积压',
    },
    {
      label: '数据目录所在磁盘',
      value: disk && `剩余 ${bytesText(disk.freeBytes)}`,
      note: disk && `共 ${bytesText(disk.totalBytes)}，剩余 ${((disk.freeBytes / disk.totalBytes) * 100).toFixed(0)}%`,
    },
    {
      label: '数据库',
      value: `PostgreSQL ${database.version}`,
      note: `${bytesText(database.sizeBytes)}，结构 ${database.migrations} 步`,
    },
  ]
}

function archiveTag(archive: Status['archive']) {
  if (archive === null || archive.state === 'off') return '未启用'
  const working = archive.state === 'working'
  return <StateTag tone={working ? 'done' : 'overdue'} word={working ? '正常' : '没有进展'} />
}

function archiveNote(archive: Status['archive'], at: string): string {
  if (archive === null || archive.state === 'off') return '设置备份目录后，可以恢复到任一时刻'
  const last = archive.lastArchivedAt ? `最近 ${agoText(archive.lastArchivedAt, at)}` : '还没有归档'
  return archive.waiting > 0 ? `${last}，积压 ${archive.waiting} 段` : last
}

const tones: Record<Backup['state'], Tone> = { running: 'running', done: 'done', failed: 'overdue' }

const columns: Column<Backup>[] = [
  { key: 'started', title: '开始时间', value: ({ startedAt }) => shortInstant(startedAt), width: 150 },
  {
    key: 'state',
    title: '结果',
    value: ({ state }) => backupStateLabels[state],
    render: ({ state }) => <StateTag tone={tones[state]} word={backupStateLabels[state]} />,
    width: 104,
  },
  {
    key: 'took',
    title: '用时',
    value: ({ startedAt, finishedAt }) => (finishedAt ? durationText(startedAt, finishedAt) : ''),
    width: 104,
  },
  {
    key: 'data',
    title: '数据',
    kind: 'number',
    unit: 'MB',
    value: ({ dataBytes }) => megabytes(dataBytes),
    width: 110,
  },
  {
    key: 'sealed',
    title: '写入',
    kind: 'number',
    unit: 'MB',
    value: ({ sealedBytes }) => megabytes(sealedBytes),
    width: 110,
  },
  { key: 'attachments', title: '附件', kind: 'number', unit: '个', value: ({ attachments }) => attachments, width: 90 },
  { key: 'origin', title: '方式', value: ({ origin }) => backupOriginLabels[origin], width: 100 },
  { key: 'problem', title: '说明', value: ({ problem, name }) => problem ?? (name ? `编号 ${name}` : ''), width: 320 },
  { key: 'key', title: '密钥', value: ({ keyId }) => keyId, width: 160, optional: true },
]

function Backups() {
  const pages = usePages(contract.backups, { limit: 50 })
  return (
    <Table
      label="备份记录"
      columns={columns}
      pages={pages}
      keyOf={({ id }) => id}
      empty={<Empty title="还没有备份">设置备份目录和密钥后，每日自动备份；也可以在服务器上运行 yunbao backup。</Empty>}
    />
  )
}
