import type { Act } from '#kernel/server/context.ts'
import { boundTo, type SealedColumn } from '#kernel/server/sealing/sealed-column.ts'

/** Secrets of authenticators in use, a row a person. */
export const secretInUse: SealedColumn = {
  table: 'people.second_factor',
  key: 'person_id',
  column: 'secret',
  purpose: 'totp-secret',
}

/** Secrets shown, which wait for a first code. */
export const secretShown: SealedColumn = {
  table: 'people.second_factor_enrolment',
  key: 'person_id',
  column: 'secret',
  purpose: 'totp-enrolment',
}

export function sealed(
  { keyring }: Pick<Act, 'keyring'>,
  column: SealedColumn,
  personId: string,
  secret: string,
): string {
  return keyring.seal(column.purpose, secret, boundTo(column, personId))
}

export function opened(
  { keyring }: Pick<Act, 'keyring'>,
  column: SealedColumn,
  personId: string,
  text: string,
): string {
  return keyring.open(column.purpose, text, boundTo(column, personId))
}
