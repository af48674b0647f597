import fc from 'fast-check'
import { pathParameters, urlOf, type Operation } from '#kernel/pure/contract.ts'
import { schemaOf, type Json } from '../example-input.ts'
import { garbage, nearlyValid, valid, type KnownIds } from './arbitrary.ts'

/** One request, as it goes over the wire. */
export type FuzzRequest = Readonly<{
  operation: Operation
  url: string
  headers: Readonly<Record<string, string>>
  payload: string | Buffer | null
  /** Whose session it carries; null for nobody's. */
  who: string | null
}>

/** Requests to an operation: right by its schema, nearly right, and nonsense. */
export function requestsTo(operation: Operation, ids: KnownIds, people: readonly string[]): fc.Arbitrary<FuzzRequest> {
  const schema = schemaOf(operation)
  const input = fc.oneof(
    { weight: 8, arbitrary: valid(schema, ids) },
    { weight: 4, arbitrary: nearlyValid(schema, ids) },
    { weight: 1, arbitrary: garbage },
  )
  const who = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...people) },
    { weight: 1, arbitrary: fc.constant(null) },
  )
  const extra = fc.record(
    {
      'if-match': fc.constantFrom('"1"', '"2"', 'W/"3"', '*', 'x'),
      'idempotency-key': fc.constantFrom('one', 'two', '甲', 'k'.repeat(300)).map(encodeURIComponent),
      'accept-language': fc.constant('en'),
      'if-none-match': fc.constantFrom('"x"', '*'),
    },
    { requiredKeys: [] },
  )
  const raw = fc.oneof(
    { weight: 12, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('{"half":', '[1,2]', 'null', '"x"', '', '{"__proto__":{"admin":true}}', '\u0000'),
    },
  )
  const type = fc.oneof(
    { weight: 15, arbitrary: fc.constant('application/json') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'x'),
    },
  )
  return fc
    .record({ input, who, extra, raw, type, file: fc.uint8Array({ maxLength: 300 }) })
    .map(({ input: given, who: person, extra: headers, raw: body, type: contentType, file }) => {
      const object =
        typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as Json) : { value: given }
      const { url, rest } = urlOf(operation, {
        ...missingParameters(operation),
        ...object,
        ...wellFormed(operation, object),
      })
      const base = { operation, who: person, url }
      if (operation.method === 'GET' || operation.method === 'DELETE')
        return { ...base, url: url + queryOf(rest), headers, payload: null }
      if (operation.kind === 'upload')
        return {
          ...base,
          headers: { ...headers, 'content-type': 'multipart/form-data; boundary=fuzz' },
          payload: multipart(rest, Buffer.from(file)),
        }
      const payload = body ?? (JSON.stringify(rest) as string)
      return { ...base, headers: { ...headers, 'content-type': contentType }, payload }
    })
}

/** A parameter of the path that the input lacks is still a word in the address. */
function missingParameters({ path }: Operation): Json {
  return Object.fromEntries(pathParameters(path).map((name) => [name, 'x']))
}

/** No client can write half a character into an address. */
function wellFormed({ path }: Operation, input: Json): Json {
  return Object.fromEntries(pathParameters(path).flatMap((name) => (name in input ? [[name, word(input[name])]] : [])))
}

function word(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'x')
  return text.toWellFormed() || ' '
}

function queryOf(rest: Json): string {
  const pairs = Object.entries(rest).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(
      (one) => `${wire(name)}=${wire(typeof one === 'string' ? one : JSON.stringify(one))}`,
    ),
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function wire(text: string | undefined): string {
  return encodeURIComponent((text ?? '').toWellFormed())
}

function multipart(rest: Json, file: Buffer): Buffer {
  const fields = Object.entries(rest).filter(([name]) => name !== 'file')
  const parts = fields.map(
    ([name, value]) =>
      `--fuzz\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${typeof value === 'string' ? value : JSON.stringify(value)}\r\n`,
  )
  return Buffer.concat([
    Buffer.from(parts.join('')),
    Buffer.from('--fuzz\r\ncontent-disposition: form-data; name="file"; filename="文件.xlsx"\r\n\r\n'),
    file,
    Buffer.from('\r\n--fuzz--\r\n'),
  ])
}
