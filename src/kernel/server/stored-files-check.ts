import { sql } from 'kysely'
import type { VerifyCheck } from '../module.ts'
import type { FileStore } from './file-store.ts'

/**
 * For `yunbao verify`: every stored file has its content on disk, unchanged, and none that was withdrawn (Art. 44); a fault names
 * the file and where it is attached.
 */
export function storedFilesCheck(files: FileStore): VerifyCheck {
  return {
    name: 'stored-files',
    title: '附件文件',
    check: async (tx) => {
      const faults: string[] = []
      let checked = 0
      for (let after = ''; ;) {
        const { rows } = await sql<{ sha256: string; names: string | null; withdrawn: boolean }>`
          select f.sha256, (select string_agg(distinct a.file_name, '、') from kernel.attachment a where a.sha256 = f.sha256) as names,
            exists (select from kernel.withdrawn_file w where w.sha256 = f.sha256) as withdrawn
          from kernel.stored_file f where f.sha256 > ${after} order by f.sha256 limit 500`.execute(tx)
        const faulty = new Set(await files.verify(rows.map(({ sha256 }) => sha256)))
        for (const { sha256, names, withdrawn } of rows)
          if (withdrawn && !faulty.has(sha256))
            faults.push(`文件 ${sha256} 的内容应已撤除，却仍在磁盘上：请再次执行 files withdraw`)
          else if (!withdrawn && faulty.has(sha256))
            faults.push(`文件 ${sha256}${names ? `(${names})` : ''}的内容缺失或已被改动`)
        checked += rows.length
        after = rows.at(-1)?.sha256 ?? ''
        if (rows.length < 500) return { checked, faults }
      }
    },
  }
}
