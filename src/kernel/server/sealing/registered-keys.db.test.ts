import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '#kernel/server/database.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { openKeyring } from './keyring.ts'
import { insistOnKeys } from './registered-keys.ts'

let fresh: FreshDatabase
const root = mkdtempSync(join(tmpdir(), 'yunbao-registered-'))
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(async () => {
  await fresh?.drop()
  rmSync(root, { recursive: true, force: true })
})

const start = (directory: string) => transaction(fresh.db, (tx) => insistOnKeys(tx, openKeyring(join(root, directory))))

test('G13 a start without the key of sealed data is refused, makes no key and says which file to bring back', async () => {
  await Promise.all([start('right'), start('right'), start('right')])
  const { id } = openKeyring(join(root, 'right')).keys.current()
  const { rows } = await fresh.db.pool.query('select id from kernel.sealing_key')
  expect(rows).toEqual([{ id }])
  await expect(start('empty')).rejects.toThrow(new RegExp(`密钥 ${id} .*sealing-${id}.key`))
  expect(() => readdirSync(join(root, 'empty', 'keys'))).toThrow(/ENOENT/)
  openKeyring(join(root, 'wrong')).keys.current()
  await expect(start('wrong')).rejects.toThrow(id)
  await start('right')
})
