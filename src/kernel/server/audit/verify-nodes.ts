import type { LeafHashes } from './entry.ts'
import { suites, type Suite } from './merkle.ts'
import type { Ask } from './verify-reader.ts'

/** Roots of kept subtrees against those recomputed, a batch at a time. */
export type NodeCheck = {
  grown: (suite: Suite, level: number, index: number, hash: Buffer) => void
  compare: (ask: Ask) => Promise<void>
}

export function nodeCheck(fault: (text: string) => void): NodeCheck {
  const wanted = new Map<string, { level: number; index: number; hashes: Partial<LeafHashes> }>()
  return {
    grown(suite, level, index, hash) {
      if (level % 8 !== 0 || level > 32) return
      const key = `${level}/${index}`
      const node = wanted.get(key) ?? { level, index, hashes: {} }
      node.hashes[suite] = hash
      wanted.set(key, node)
    },
    async compare(ask) {
      if (wanted.size === 0) return
      const nodes = [...wanted.values()]
      wanted.clear()
      const rows = await ask<{ level: number; index: number } & LeafHashes>(
        `select n.level, n.index, n.sha256, n.sm3 from unnest($1::smallint[], $2::bigint[]) w(level, index)
         join kernel.audit_node n on n.level = w.level and n.index = w.index`,
        [nodes.map(({ level }) => level), nodes.map(({ index }) => index)],
      )
      const kept = new Map(rows.map((row) => [`${row.level}/${row.index}`, row]))
      for (const { level, index, hashes } of nodes) {
        const node = kept.get(`${level}/${index}`)
        if (!node || !suites.every((suite) => node[suite].equals(hashes[suite] as Buffer)))
          fault(`审计树第 ${level} 层第 ${index} 个节点${node ? '与重新计算的不符，已被改动' : '缺失'}`)
      }
    },
  }
}
