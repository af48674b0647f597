import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { fieldsOn, mayDefine } from '../rules/custom-field.ts'
import { cardColumns } from '../rules/import.ts'
import { fieldVersions, insertField, type FieldVersion } from '../store/custom-field.ts'
import { ownOrgan } from './access.ts'

type FieldActions = Pick<ActionsOf<typeof contract>, 'customFields' | 'defineField' | 'reviseField' | 'retireField'>

/** Titles that columns of workbooks have already, and those the export adds. */
const taken = () => [...cardColumns().flatMap(({ titles }) => titles), '持有机关', '净值']

export const customFieldActions: FieldActions = {
  async customFields(ctx) {
    const organ = ownOrgan(ctx)
    const versions = await fieldVersions(ctx.tx, organ.jurisdictionCode)
    const right = can.defineFields(ctx.actor)
    const items = [...Map.groupBy(versions, ({ id }) => id).values()].map((all) => {
      const last = all.at(-1) as FieldVersion
      return {
        ...last,
        earlier: all.slice(0, -1).toReversed(),
        may: {
          revise: mayOf(
            allOf(right, provided(!last.retired, { code: 'field-retired', message: '该字段已经停用，不能再修改。' })),
          ),
        },
      }
    })
    return { items, may: { define: mayOf(right) } }
  },

  async defineField(ctx) {
    const { reason, ...terms } = ctx.input
    return saved(ctx, { id: newId(), version: 1, retired: false, ...terms }, null, reason)
  },

  async reviseField(ctx) {
    const { fieldId, version, reason, ...terms } = ctx.input
    const last = await lastVersion(ctx, fieldId, version)
    const { id, classPrefix, kind } = last
    return saved(ctx, { id, classPrefix, kind, version: version + 1, retired: false, ...terms }, last, reason)
  },

  async retireField(ctx) {
    const { fieldId, version, from, reason } = ctx.input
    const last = await lastVersion(ctx, fieldId, version)
    return saved(ctx, { ...last, version: version + 1, from, retired: true }, last, reason)
  },
}

async function saved(
  act: Act,
  wanted: Omit<FieldVersion, 'reason' | 'setAt' | 'setByName'>,
  last: FieldVersion | null,
  reason: string,
): Promise<FieldVersion> {
  const organ = ownOrgan(act)
  permit(can.defineFields(act.actor))
  const versions = await fieldVersions(act.tx, organ.jurisdictionCode)
  insist(
    allOf(
      mayDefine(wanted, { versions, last, taken: taken(), today: act.today }),
      provided(secrecyMarkIn(reason) === null, {
        code: 'A44-1',
        message: '原因带有密级标志，不得填写。',
        basis: law.secrecy,
      }),
    ),
  )
  const field: FieldVersion = { ...wanted, reason, setAt: act.now, setByName: act.actor.name }
  await insertField(act.tx, field, organ.jurisdictionCode)
  const fact = wanted.retired ? 'retired' : last === null ? 'defined' : 'revised'
  await record(act, `assets.field-${fact}`, {
    subject: { kind: 'assets.custom-field', id: field.id },
    organId: organ.id,
    before: last ?? undefined,
    after: field,
  })
  return field
}

/** The last version of a field of the own level; of another level it is not there. */
async function lastVersion(act: Act, id: string, version: number): Promise<FieldVersion> {
  const organ = ownOrgan(act)
  permit(can.defineFields(act.actor))
  const all = (await fieldVersions(act.tx, organ.jurisdictionCode)).filter((one) => one.id === id)
  const last = found(all.at(-1), '自定义字段')
  if (last.version !== version) throw new Conflict('自定义字段')
  return last
}

/** Fields of a level that count today. */
export async function fieldsInForce({ tx, today }: Pick<Act, 'tx' | 'today'>, jurisdictionCode: string) {
  return fieldsOn(await fieldVersions(tx, jurisdictionCode), today)
}
