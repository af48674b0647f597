import type { Machine } from './actor.ts'
import type { Operation } from './contract.ts'
import { allowed, refused, type Basis, type Verdict } from './verdict.ts'

/** What a token may do in an area; who writes there also reads there. */
export const machineRights = ['read', 'write'] as const
export type MachineRight = (typeof machineRights)[number]

/** One right in one area: `<module>:<right>`. */
export type MachineScope = `${string}:${MachineRight}`

/** A module as machines may be let into it. */
export type MachineArea = Readonly<{ module: string; title: string; rights: readonly MachineRight[] }>

const leastPrivilege: Basis = { norm: null, citation: 'GB/T 22239-2019 8.1.4.2 d)（最小权限）' }

/** The right an operation asks for. */
export function rightFor({ method, readOnly }: Pick<Operation, 'method' | 'readOnly'>): MachineRight {
  return method === 'GET' || readOnly ? 'read' : 'write'
}

/**
 * Nothing for a machine, whatever its scopes: what is about the person signed in, what tells or takes a secret, and
 * what asks anew who is there.
 */
export function isForPeopleOnly({
  personal,
  secret,
  stepUp,
}: Pick<Operation, 'personal' | 'secret' | 'stepUp'>): boolean {
  return personal === true || secret === true || stepUp === true
}

/**
 * Whether a machine's token reaches an operation at all; asked once, before any policy. What its organ's clerk may do
 * there is then decided by the module's policy as for people. Operations without sign-in need no scope.
 */
export function mayByScope({ scopes }: Machine, operation: Operation): Verdict {
  if (isForPeopleOnly(operation))
    return refused({
      code: 'people-only',
      message: `“${operation.summary}”须由本人登录后办理，不能通过接口令牌办理。`,
      basis: leastPrivilege,
    })
  if (operation.access === 'public') return allowed
  const right = rightFor(operation)
  const granting: MachineScope[] =
    right === 'read' ? [`${operation.module}:read`, `${operation.module}:write`] : [`${operation.module}:write`]
  if (granting.some((scope) => scopes.includes(scope))) return allowed
  return refused({
    code: 'out-of-scope',
    message: `接口令牌没有“${operation.module}:${right}”权限。`,
    basis: leastPrivilege,
    facts: { scope: `${operation.module}:${right}` },
    remedy: '请由本级安全保密管理员签发包含该权限的令牌。',
  })
}

/** What can be granted: for each module that is open to machines, the rights its operations ask for. */
export function machineAreas(
  modules: readonly {
    name: string
    title: string
    closedToMachines?: boolean
    contract: Readonly<Record<string, Operation>>
  }[],
): MachineArea[] {
  return modules
    .filter(({ closedToMachines }) => !closedToMachines)
    .map(({ name, title, contract }) => {
      const open = Object.values(contract).filter(
        (operation) => !isForPeopleOnly(operation) && operation.access !== 'public',
      )
      return {
        module: name,
        title,
        rights: machineRights.filter((right) => open.some((operation) => rightFor(operation) === right)),
      }
    })
    .filter(({ rights }) => rights.length > 0)
}
