import type { VerifyCheck } from '../../module.ts'
import type { Keyring } from './keyring.ts'
import { unreadable } from './reseal.ts'
import type { SealedColumn } from './sealed-column.ts'

/** Every sealed value opens: its key is there, and it is the value that was sealed for that row. */
export function sealedValuesCheck(keyring: Keyring, columns: readonly SealedColumn[]): VerifyCheck {
  return { name: 'sealed-values', title: '加密数据', check: (tx) => unreadable(tx, keyring, columns) }
}
