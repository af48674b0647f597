import { Button } from 'antd'
import type { z } from 'zod'
import { saveBlob } from '#kernel/web/client.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Facts, Section } from '#kernel/web/Page.tsx'
import { contract, type AuditDetail } from '../contract.ts'

type Proof = { position: number; size: number; sha256: string[]; sm3: string[]; checkpoint: string }

/** The proof that a row is in the log, to download, to print, and to verify anywhere. */
export function AuditProofPanel({ entryId, seal }: { entryId: number; seal: z.infer<typeof AuditDetail>['seal'] }) {
  if (seal === null)
    return (
      <Section title="存在证明">
        <p className="quiet">这条记录等待封存，一般在几秒内完成。请稍后刷新。</p>
      </Section>
    )
  return <SealedProof entryId={entryId} seal={seal} />
}

function SealedProof({ entryId, seal }: { entryId: number; seal: NonNullable<z.infer<typeof AuditDetail>['seal']> }) {
  const proof = useFetched(contract.auditProof, { entryId }, { staleMs: Infinity }).proof as Proof
  const save = () =>
    saveBlob(new Blob([JSON.stringify(proof, null, 2)], { type: 'application/json' }), `存在证明-${entryId}.json`)
  return (
    <Section
      title="存在证明"
      actions={
        <>
          <Button type="primary" onClick={save}>
            下载证明
          </Button>
          <Button onClick={() => window.print()}>打印</Button>
        </>
      }
    >
      <Facts
        of={[
          { label: '位置', value: `第 ${seal.position + 1} 条` },
          { label: '封存于', value: shortInstant(seal.sealedAt), note: `首个检查点 ${seal.checkpoint}` },
          { label: '证明所据', value: `前 ${proof.size} 条的检查点` },
        ]}
      />
      <p className="quiet">
        由本条记录和下列各值逐级求哈希，应得到检查点中的根值。离线核验：yunbao verify --proof 存在证明-{entryId}.json
      </p>
      <details className="audit-path">
        <summary>
          证明路径（SHA-256 {proof.sha256.length} 级，SM3 {proof.sm3.length} 级）
        </summary>
        <ProofPath name="SHA-256" path={proof.sha256} />
        <ProofPath name="SM3" path={proof.sm3} />
      </details>
      <h3 className="audit-note-title">签名检查点</h3>
      <pre className="audit-note">{proof.checkpoint}</pre>
    </Section>
  )
}

function ProofPath({ name, path }: { name: string; path: readonly string[] }) {
  return (
    <>
      <h3>{name}</h3>
      <ol>
        {path.map((hash, level) => (
          <li key={`${level} ${hash}`}>
            <code>{hash}</code>
          </li>
        ))}
      </ol>
    </>
  )
}
