import { join } from 'node:path'
import { fileKeyService } from './key-files.ts'
import { MissingKey, type Generation, type KeyService } from './key-service.ts'
import { suiteNames, type SuiteName } from './suites.ts'

/**
 * Seals what must not be readable in the database, its logs and its backups, by purpose: `totp-secret`, `person-phone` …
 * What is sealed is text `y1.<suite>.<key id>.<base64url>`; suite and key stand beside each value, so that both can change.
 */
export type Keyring = {
  /** Authenticated encryption. @param bound identity of the row and column: moved elsewhere, the value opens no more */
  seal: (purpose: string, plain: string, bound: string) => string
  /** @throws SealedUnreadable when the key is missing, or the value is not what was sealed there */
  open: (purpose: string, sealed: string, bound: string) => string
  /** Keyed digest of 32 bytes by which equal values can be found; of the generation that seals now. */
  blindIndex: (purpose: string, normalized: string) => Buffer
  /** The same under every generation: what a search compares with while keys change. */
  blindIndexes: (purpose: string, normalized: string) => Buffer[]
  /** What everything begins with that is sealed with the present suite and key; the rest is sealed anew when keys change. */
  currentPrefix: () => string
  suite: SuiteName
  keys: KeyService
}

/** A sealed value that cannot be opened; the request fails, nothing is shown in its place. */
export class SealedUnreadable extends Error {}

const form = new RegExp(`^y1\\.(${suiteNames.join('|')})\\.([0-9a-f]{8})\\.([A-Za-z0-9_-]+)$`)

/** The keyring of a data directory; the first key is made at the first need. */
export function openKeyring(dataDirectory: string, suite: SuiteName = 'gm'): Keyring {
  return keyringOf(fileKeyService(join(dataDirectory, 'keys')), suite)
}

function keyringOf(keys: KeyService, suite: SuiteName): Keyring {
  const prefix = (name: SuiteName, keyId: string) => `y1.${name}.${keyId}.`
  return {
    suite,
    keys,
    seal(purpose, plain, bound) {
      const { id: keyId } = keys.current()
      const content = Buffer.from(plain, 'utf8')
      const sealed = keys.encrypt(
        { suite, keyId, use: 'seal', purpose },
        content,
        boundTo(suite, keyId, purpose, bound),
      )
      return prefix(suite, keyId) + sealed.toString('base64url')
    },
    open(purpose, sealed, bound) {
      const { suite: name, keyId, content } = partsOf(sealed)
      try {
        const plain = keys.decrypt(
          { suite: name, keyId, use: 'seal', purpose },
          content,
          boundTo(name, keyId, purpose, bound),
        )
        return plain.toString('utf8')
      } catch (cause) {
        if (cause instanceof MissingKey) throw new SealedUnreadable(cause.message, { cause })
        throw new SealedUnreadable(`加密数据（${purpose}，${bound}）无法解密：内容已被改动，或不属于这条记录。`, {
          cause,
        })
      }
    },
    blindIndex: (purpose, normalized) => indexUnder(keys, suite, keys.current(), purpose, normalized),
    blindIndexes(purpose, normalized) {
      keys.current()
      return suiteNames.flatMap((name) =>
        keys.generations().map((generation) => indexUnder(keys, name, generation, purpose, normalized)),
      )
    },
    currentPrefix: () => prefix(suite, keys.current().id),
  }
}

/** Suite and key of a sealed value. @throws SealedUnreadable when the text is not of that form */
export function partsOf(sealed: string): { suite: SuiteName; keyId: string; content: Buffer } {
  const match = form.exec(sealed)
  if (!match) throw new SealedUnreadable('加密数据的格式无法识别。')
  const [, suite, keyId, content] = match
  return { suite: suite as SuiteName, keyId: keyId as string, content: Buffer.from(content as string, 'base64url') }
}

function indexUnder(
  keys: KeyService,
  suite: SuiteName,
  { id: keyId }: Generation,
  purpose: string,
  text: string,
): Buffer {
  return keys.digest({ suite, keyId, use: 'index', purpose }, Buffer.from(text, 'utf8'))
}

/** Everything a sealed value says of itself is authenticated with it; lengths keep the parts apart. */
function boundTo(suite: SuiteName, keyId: string, purpose: string, bound: string): Buffer {
  return Buffer.from(['y1', suite, keyId, purpose, bound].map((part) => `${Buffer.byteLength(part)}:${part}`).join(''))
}
