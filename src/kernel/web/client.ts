import type { InputOf, Operation, OutputOf } from '#kernel/pure/contract.ts'
import { urlOf } from '#kernel/pure/contract.ts'
import { noteConnection } from './connection.ts'
import { ProblemError, Unreachable, problemOf, strangeCode } from './problem.ts'
import { sessionEnded, stepUpNeeded } from './session-ended.ts'

export type CallOptions = {
  signal?: AbortSignal | undefined
  /** Same key, same act: give the key of an uncertain attempt to repeat it safely. New for each act by default. */
  idempotencyKey?: string | undefined
  /** Version of the record last seen. */
  ifMatch?: number | undefined
  /** 0…1 while an upload runs. */
  onUploadProgress?: ((done: number) => void) | undefined
  /** A 401 is an answer here (sign-in, who am I), no ended session. */
  anonymous?: boolean | undefined
}

/** What the browser gives an operation; for an upload `file` is the browser's File. */
export type InputFor<O extends Operation> = O extends { kind: 'upload' }
  ? Omit<InputOf<O>, 'file'> & { file: File }
  : InputOf<O>

type Answer = {
  status: number
  text: () => Promise<string>
  blob: () => Promise<Blob>
  header: (name: string) => string | null
}

const retryAfterMs = [400, 1500]
const timeoutMs = 60_000
/** Answers of a proxy whose server is away: nothing is known of the act. */
const awayStatuses = [502, 503, 504]

/**
 * Calls an operation of a contract and returns its output.
 * @throws ProblemError when the server says no, Unreachable when no answer came, AbortError when `signal` fires.
 */
export async function call<O extends Operation>(
  operation: O,
  input: InputFor<O>,
  options: CallOptions = {},
): Promise<OutputOf<O>> {
  const answer = await answered(operation, input as Record<string, unknown>, options)
  const text = await answer.text()
  return (text === '' ? undefined : JSON.parse(text)) as OutputOf<O>
}

/** Fetches the file of a `download` operation and hands it to the browser under the name the server gave. */
export async function download<O extends Operation>(
  operation: O,
  input: InputFor<O>,
  options: CallOptions = {},
): Promise<void> {
  const answer = await answered(operation, input as Record<string, unknown>, options)
  saveBlob(await answer.blob(), fileNameOf(answer.header('content-disposition')) ?? operation.summary)
}

/** Hands a blob to the browser as a file. */
export function saveBlob(blob: Blob, fileName: string): void {
  const anchor = document.createElement('a')
  anchor.href = URL.createObjectURL(blob)
  anchor.download = fileName
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000)
}

/** The address of a GET operation with its query, for links and images. */
export function addressOf<O extends Operation>(operation: O, input: InputOf<O>): string {
  const { url, rest } = urlOf(operation, input as Record<string, unknown>)
  return url + queryOf(rest)
}

/** A fresh idempotency key; `crypto.randomUUID` is missing on plain-http intranet addresses. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function isWrite(operation: Operation): boolean {
  return operation.method !== 'GET' && operation.readOnly !== true
}

/** Problems whose act is known not to have happened and may succeed a moment later. */
const passingCodes = ['retry', 'database-away']

async function answered(operation: Operation, input: Record<string, unknown>, options: CallOptions): Promise<Answer> {
  const key = isWrite(operation) ? (options.idempotencyKey ?? newKey()) : null
  const asked = { again: false, proof: false }
  for (let attempt = 0; ;) {
    const answer = await attempted(operation, input, options, key).catch((cause: unknown) => {
      if (options.signal?.aborted) throw cause
      return new Unreachable(key, cause)
    })
    if (!(answer instanceof Unreachable) && answer.status < 300) {
      noteConnection(true)
      return answer
    }
    const refusal = answer instanceof Unreachable ? answer : await refusalOf(answer, key)
    const away = refusal instanceof Unreachable || refusal.code === 'database-away'
    noteConnection(!away)
    const wait = away || passingCodes.includes(refusal.code) ? retryAfterMs[attempt++] : undefined
    // Reads are asked again by the cache; a write is repeated here, under its own key.
    if (wait !== undefined && key !== null) await new Promise((wake) => setTimeout(wake, wait))
    else if (!(refusal instanceof ProblemError) || options.anonymous || !(await mended(refusal, asked))) throw refusal
  }
}

/**
 * Whether it is worth sending the request once more: the person signed in again, or proved anew who is there. The first 401
 * may only mean that the session got a new token while the request was under way.
 */
async function mended({ status, code }: ProblemError, asked: { again: boolean; proof: boolean }): Promise<boolean> {
  if (status === 401) {
    if (asked.again) return sessionEnded.wait()
    asked.again = true
    return true
  }
  if (code !== 'step-up-required' || asked.proof) return false
  asked.proof = true
  return stepUpNeeded.wait()
}

/** The server's own word that it lost the database at the very moment of keeping: the act may or may not be kept. */
const unknownCode = 'outcome-unknown'

/** A gateway that speaks for a server it cannot reach says nothing of the act. */
async function refusalOf(answer: Answer, key: string | null): Promise<ProblemError | Unreachable> {
  const problem = problemOf(answer.status, await answer.text())
  const silent = awayStatuses.includes(answer.status) && [strangeCode, unknownCode].includes(problem.code)
  return silent ? new Unreachable(key, problem) : problem
}

async function attempted(
  operation: Operation,
  input: Record<string, unknown>,
  options: CallOptions,
  key: string | null,
): Promise<Answer> {
  const { url, rest } = urlOf(operation, input)
  const headers: Record<string, string> = { Accept: 'application/json, */*', 'X-Requested-With': 'yunbao' }
  if (key !== null) headers['Idempotency-Key'] = key
  if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE'
  if (operation.kind === 'upload')
    return sentByXhr(operation.method, url, headers, formOf(rest), options.onUploadProgress, options.signal)
  if (!inQuery) headers['Content-Type'] = 'application/json'
  // AbortSignal.any is missing in browsers still in use at offices.
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), timeoutMs)
  options.signal?.addEventListener('abort', () => stop.abort(), { once: true })
  if (options.signal?.aborted) stop.abort()
  const response = await fetch(inQuery ? url + queryOf(rest) : url, {
    method: operation.method,
    headers,
    credentials: 'same-origin',
    signal: stop.signal,
    ...(inQuery ? {} : { body: JSON.stringify(rest) }),
  }).finally(() => clearTimeout(timer))
  return {
    status: response.status,
    text: () => response.text(),
    blob: () => response.blob(),
    header: (name) => response.headers.get(name),
  }
}

/** Lists repeat the name; what is undefined or null is not asked. */
function queryOf(rest: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) query.append(name, String(one))
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** Fields come before the file, so that the server has read them when the bytes arrive. */
function formOf({ file, ...rest }: Record<string, unknown>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(rest))
    if (value !== undefined && value !== null)
      form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  if (file instanceof File) form.append('file', file, file.name)
  return form
}

/** fetch tells nothing of an upload's progress; XMLHttpRequest does. */
function sentByXhr(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: FormData,
  onProgress: ((done: number) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total)
    }
    request.onload = () =>
      resolve({
        status: request.status,
        text: async () => request.responseText,
        blob: async () => new Blob([request.responseText]),
        header: (name) => request.getResponseHeader(name),
      })
    request.onerror = () => reject(new TypeError('network'))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}

/** The name in a Content-Disposition header, RFC 5987 form first. */
export function fileNameOf(disposition: string | null): string | null {
  if (disposition === null) return null
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (encoded !== undefined) return decodeURIComponent(encoded)
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null
}
