import type { Act } from '#kernel/server/context.ts'
import { BadInput } from '#kernel/server/errors.ts'

/**
 * Where standards are asked for: as said, else where the actor acts, else on the highest level of the installation.
 * @throws BadInput while no authority is registered and no place is said
 */
export async function placeOf(
  { actor, tx, today, directory }: Pick<Act, 'actor' | 'tx' | 'today' | 'directory'>,
  asked: string | undefined,
): Promise<string> {
  const own = asked ?? actor.organ?.jurisdictionCode
  const code = own ?? (await directory.topAuthority(tx, today))?.jurisdictionCode
  if (code === undefined)
    throw new BadInput([{ pointer: '/jurisdictionCode', message: '请填写行政区划代码，例如 140100。' }])
  return code
}
