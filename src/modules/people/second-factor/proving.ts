import type { Act } from '#kernel/server/context.ts'
import { isPassword } from '../hashing.ts'
import type { SecondProof } from '../model.ts'
import { readCode, readRecoveryCode } from '../rules/second-factor.ts'
import { stepOfCode } from './authenticator.ts'
import { tagOf } from './recovery-codes.ts'
import { opened, secretInUse } from './sealed-secrets.ts'
import { recoveryHash, secondFactorOf, spendRecoveryCode, spendStep } from './store.ts'

export type Proof = Extract<SecondProof, 'code' | 'recovery-code'>

/**
 * Whether what was typed is the person's code now, or one of their recovery codes; it is spent by this.
 * @returns by what it was proved; null where it is neither, or was spent before
 */
export async function proofBy(act: Act, personId: string, typed: string): Promise<Proof | null> {
  const code = readCode(typed)
  if (code !== null) {
    const factor = await secondFactorOf(act.tx, personId)
    const step = factor && stepOfCode(opened(act, secretInUse, personId, factor.secret), code, act.now)
    return step !== null && (await spendStep(act.tx, personId, step)) ? 'code' : null
  }
  const recovery = readRecoveryCode(typed)
  if (recovery === null) return null
  const hash = await recoveryHash(act.tx, personId, tagOf(recovery))
  const right = hash !== null && (await isPassword(recovery, hash))
  return right && (await spendRecoveryCode(act.tx, personId, tagOf(recovery), act.now)) ? 'recovery-code' : null
}
