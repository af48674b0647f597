import type { Refusal } from '#kernel/pure/verdict.ts'

/** Why an adjustment cannot be sent yet: some of its changes are not filled in. */
export function unfinishedRefusal(count: number): Refusal {
  return {
    code: 'unfinished',
    message: `有 ${count} 项调整没有填完。`,
    basis: null,
    facts: {},
    remedy: '请按各项下面的提示改正，或移除该项。',
  }
}
