import type { KeyUse, SuiteName } from './suites.ts'

/** One generation of keys: all keys of all purposes that follow from one master key. */
export type Generation = {
  /** Eight hexadecimal digits that follow from the master key: another key cannot stand under the same name unnoticed. */
  id: string
  madeAt: Date
}

/**
 * Where keys are and what is done with them. Ours keeps master keys in the data directory; a certified module 密码机 takes
 * its place by these members, none of which hands a key out: the interface of such modules (GM/T 0018) is synchronous too.
 */
export type KeyService = {
  /** Generations that can be opened with; empty before the first. */
  generations: () => readonly Generation[]
  /** The generation that seals; made when there is none yet. */
  current: () => Generation
  /** Makes a new generation, which does not seal before `use`. */
  make: () => Generation
  /** From now on everything is sealed with this generation, by every process that shares the service. */
  use: (keyId: string) => void
  /** Takes a generation out of use; nothing sealed with it can be opened afterwards. */
  retire: (keyId: string) => void
  /** @returns nonce, ciphertext, tag */
  encrypt: (key: KeyName, plain: Buffer, bound: Buffer) => Buffer
  /** @throws Error when the generation is not there, or the content is not what was sealed */
  decrypt: (key: KeyName, sealed: Buffer, bound: Buffer) => Buffer
  /** Keyed digest of 32 bytes. */
  digest: (key: KeyName, data: Buffer) => Buffer
  /** Where an operator finds the keys; for messages. */
  place: string
}

export type KeyName = { suite: SuiteName; keyId: string; use: KeyUse; purpose: string }

/** No key of that name is here. */
export class MissingKey extends Error {
  readonly keyId: string
  constructor(keyId: string, place: string) {
    super(
      `缺少密钥 ${keyId}，用它加密的数据无法读取。请把密钥文件 sealing-${keyId}.key 从备份恢复到 ${place}，再重新启动。`,
    )
    this.keyId = keyId
  }
}
