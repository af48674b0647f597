import { wanText } from '#kernel/web/money.ts'

/** A difference in 万元 with its sign, so that more and less are told without colour. */
export function differenceText(fen: number): string {
  return fen === 0 ? '0.00' : `${fen > 0 ? '+' : '−'}${wanText(Math.abs(fen))}`
}

/** The difference as a share of the base: `−3.2%`; nothing where the base is nothing. */
export function shareText(fen: number, baseFen: number): string | null {
  if (baseFen === 0 || fen === 0) return null
  return `${fen > 0 ? '+' : '−'}${((Math.abs(fen) / baseFen) * 100).toFixed(1)}%`
}

export function Difference({ fen }: { fen: number }) {
  return (
    <span className={fen === 0 ? 'number quiet' : fen > 0 ? 'number whatif-more' : 'number whatif-less'}>
      {differenceText(fen)}
    </span>
  )
}

/** Says on every page of the module that nothing here counts. */
export function SandboxBand() {
  return (
    <p className="whatif-band" role="note">
      <b>模拟测算，不影响现行数据。</b>基准和方案都是按审核规则得出的建议，不是审核决定。
    </p>
  )
}
