import { sql } from 'kysely'
import type { VerifyCheck } from '#kernel/module.ts'
import type { OfficialDocument } from '#kernel/pure/official-document.ts'
import { documentDigest } from '#kernel/server/issued-documents.ts'

export const checks: readonly VerifyCheck[] = [
  {
    name: 'issued-documents',
    title: '公文摘要',
    check: async (tx) => {
      const faults: string[] = []
      let checked = 0
      for (let after: string | null = null; ;) {
        const page: { id: string; number: string; digest: string; document: OfficialDocument }[] = (
          await sql<{ id: string; number: string; digest: string; document: OfficialDocument }>`
            select id, number, digest, document from kernel.issued_document where (${after}::uuid is null or id > ${after}) order by id limit 500`.execute(
            tx,
          )
        ).rows
        for (const { number, digest, document } of page)
          if (documentDigest(document) !== digest) faults.push(`公文“${number}”的内容与摘要不符`)
        checked += page.length
        after = page.at(-1)?.id ?? null
        if (page.length < 500) return { checked, faults }
      }
    },
  },
]
