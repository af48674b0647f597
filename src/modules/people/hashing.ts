import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const run = promisify(argon2)

export type HashCost = { memoryKib: number; passes: number }

/** Argon2id as PHC text, its cost inside, so that the cost can be raised later without asking for new passwords. */
export async function hashPassword(password: string, { memoryKib, passes }: HashCost): Promise<string> {
  const salt = randomBytes(16)
  const hash = await run('argon2id', {
    message: password.normalize('NFKC'),
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: memoryKib,
    passes,
  })
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=1$${text(salt)}$${text(hash)}`
}

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

export async function isPassword(password: string, phc: string): Promise<boolean> {
  const match = form.exec(phc)
  if (!match) throw new Error('a stored password hash cannot be read')
  const [memoryKib, passes] = [Number(match[1]), Number(match[2])]
  const known = Buffer.from(match[4] as string, 'base64')
  const hash = await run('argon2id', {
    message: password.normalize('NFKC'),
    nonce: Buffer.from(match[3] as string, 'base64'),
    parallelism: 1,
    tagLength: known.length,
    memory: memoryKib,
    passes,
  })
  return timingSafeEqual(hash, known)
}

/** What an unknown name is checked against: no password leads to it, and checking takes as long as for a known name. */
export function hashOfNobody({ memoryKib, passes }: HashCost): string {
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=1$${text(randomBytes(16))}$${text(randomBytes(32))}`
}

const letters = 'abcdefghjkmnpqrstuvwxyz'
const alphabets = [letters, letters.toUpperCase(), '23456789', '#%+=?']

/** A first password of 14 signs of all four classes, without those that look alike. */
export function newInitialPassword(): string {
  const signs = Array.from({ length: 14 }, (_, index) => {
    const alphabet = alphabets[index % alphabets.length] as string
    return alphabet[randomInt(alphabet.length)] as string
  })
  for (let index = signs.length - 1; index > 0; index--) {
    const other = randomInt(index + 1)
    ;[signs[index], signs[other]] = [signs[other] as string, signs[index] as string]
  }
  return signs.join('')
}

function text(bytes: Buffer): string {
  return bytes.toString('base64').replace(/={1,2}$/, '')
}
