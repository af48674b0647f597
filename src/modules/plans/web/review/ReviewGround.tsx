import type { Finding } from '#kernel/pure/verdict.ts'
import { articleAddress, articleOfNorm } from '#kernel/pure/norm-article.ts'
import { Go } from '#kernel/web/going.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { law } from '../../law.ts'
import type { Opinion } from '../../model.ts'

/** The ground of a decision: the findings in full, or the article alone where the check found nothing to say. */
export function ReviewGround({ findings, opinion }: { findings: readonly Finding[]; opinion: Opinion | null }) {
  if (findings.length > 0) return <BasisPanel findings={findings} />
  const basis = opinion === 'O6' ? law.notice : law.review
  return (
    <div className="review-ground">
      <p>按现行标准逐项核对，没有需要提示的事项。</p>
      <p className="quiet">
        依据：<Go to={articleAddress(articleOfNorm(basis.norm) ?? 33)}>{basis.citation}</Go>
      </p>
    </div>
  )
}
