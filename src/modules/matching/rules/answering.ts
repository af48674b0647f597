import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import type { LineState, Source } from '../model.ts'

type Answerable = { state: LineState; proposalId: string }

/** Only what the present proposal says is taken up: things and demands may have changed since an older one. */
function present(line: Answerable, presentId: string | null): Verdict {
  return provided(line.proposalId === presentId, {
    code: 'superseded',
    message: '该建议已由新的测算替代。',
    basis: law.sharing,
    remedy: '请打开最新的调剂建议。',
  })
}

/** A proposal is taken up once; one that was refused or taken back may still be. */
export function mayAccept(line: Answerable, presentId: string | null): Verdict {
  return allOf(
    present(line, presentId),
    provided(line.state !== 'accepted', { code: 'state', message: '该建议已采纳。', basis: law.sharing }),
  )
}

/** GWC-R13: a demand line is met by matching once. */
export function onceOnly(metAlready: boolean): Verdict {
  return provided(!metAlready, {
    code: 'GWC-R13',
    message: '该需求行已采纳过调剂建议，节约资金只计一次。',
    basis: law.sharing,
    remedy: '需要增加调剂数量的，请先撤回原来的采纳。',
  })
}

export function mayRefuse(line: Answerable, presentId: string | null): Verdict {
  return allOf(
    present(line, presentId),
    provided(line.state === 'proposed', {
      code: 'state',
      message: '该建议已经答复。已采纳的，请先撤回。',
      basis: law.sharing,
    }),
  )
}

/** GWC-R01, PLAN-R06: who has things matched refused buys instead, and says why. */
export function refusalReasoned(reason: string): Verdict {
  return provided(reason.trim().length >= 4, {
    code: 'PLAN-R06',
    message: '有可调剂的同类资产而不采纳的，须写明理由。',
    basis: law.sharing,
    remedy: '请填写不少于4个字的理由。',
  })
}

export function mayWithdraw(line: { state: LineState }): Verdict {
  return provided(line.state === 'accepted', {
    code: 'state',
    message: '只有已采纳的建议可以撤回。',
    basis: law.sharing,
  })
}

export function withdrawalReasoned(reason: string): Verdict {
  return provided(reason.trim().length >= 2, { code: 'reason', message: '请写明撤回采纳的理由。', basis: law.sharing })
}

/** GWC-R12: what another line has meanwhile, or is not idle any more, is named. */
export function stillThere(gone: readonly { name: string; number: string; why: string }[]): Verdict {
  return provided(gone.length === 0, {
    code: 'GWC-R12',
    message: `${gone.map(({ name, number, why }) => `${name}（${number}）${why}`).join('；')}。`,
    basis: law.sharing,
    remedy: '请去掉这些资产后采纳其余部分，或重新测算。',
  })
}

/**
 * A23-2: another level is asked only for what the own level leaves open. What stands there for another line does not count,
 * nor what costs more than buying, nor a lot that is more than what is to be asked for.
 * @param left things of the kind that are free at the own level and proposed to no other line
 */
export function ownLevelSpent(
  left: readonly { name: string; number: string; quantity: number; costFen: number }[],
  { priceFen, ofLevels }: { priceFen: number; ofLevels: number },
): Verdict {
  const usable = left.filter(({ quantity, costFen }) => costFen < priceFen && quantity <= ofLevels)
  return provided(ofLevels === 0 || usable.length === 0, {
    code: 'own-level-first',
    message: `本级还有可以调剂的同类资产：${usable
      .slice(0, 5)
      .map(({ name, number }) => `${name}（${number}）`)
      .join('、')}${usable.length > 5 ? `等${usable.length}项` : ''}。`,
    basis: law.sharing,
    remedy: '请先采纳本级的资产；另有变化的，请重新测算。',
  })
}

/** What the decision on the demand line says of it. */
export function settlementText(
  chosen: readonly { source: Source; own: boolean; organName: string; pieces: number }[],
  { unit, needed }: { unit: string; needed: number },
  note: string,
): string {
  const matched = chosen.reduce((sum, { pieces }) => sum + pieces, 0)
  const from = Map.groupBy(chosen, ({ source, own, organName }) =>
    source === 'warehouse'
      ? '公物仓'
      : source === 'level'
        ? `商请${organName}`
        : own
          ? '本机关闲置'
          : `${organName}闲置`,
  )
  const parts = [...from].map(
    ([where, given]) => `${where}${given.reduce((sum, { pieces }) => sum + pieces, 0)}${unit}`,
  )
  const rest = needed - matched
  return `调剂解决${matched}${unit}（${parts.join('、')}），${rest > 0 ? `其余${rest}${unit}购置` : '不再购置'}。${note.trim()}`
}
