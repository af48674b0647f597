import fc from 'fast-check'
import type { Json } from '../example-input.ts'

/** What requests are made of: ids that are there, by module. */
export type KnownIds = readonly string[]

const awkward = fc.constantFrom(
  '',
  ' ',
  '0',
  '-1',
  'null',
  '1e999',
  "' or 1=1 --",
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '=cmd|calc',
  '\u0000',
  '\ud800',
  '\u202e甲',
  '😀'.repeat(50),
  '甲'.repeat(5000),
  '%00%ff',
  '2026-02-30',
  '9'.repeat(40),
)

/** Anything at all, of any type. */
export const garbage: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: awkward },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, [], {}, Number.MAX_SAFE_INTEGER + 1, -0.1) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
)

const day = fc
  .integer({ min: 0, max: 3000 })
  .map((days) => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))

/** Values that a JSON schema of ours describes, as far as a schema can say. */
export function valid(schema: Json, ids: KnownIds, depth = 0): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema['const'])
  const choices = schema['enum'] as unknown[] | undefined
  if (choices) return fc.constantFrom(...choices)
  const either = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined
  if (either) return fc.oneof(...either.map((one) => valid(one, ids, depth)))
  if (schema['type'] === 'object') return validObject(schema, ids, depth)
  if (schema['type'] === 'array')
    return fc.array(valid((schema['items'] ?? {}) as Json, ids, depth + 1), {
      minLength: Number(schema['minItems'] ?? 0),
      maxLength: Math.min(Number(schema['maxItems'] ?? 3), Number(schema['minItems'] ?? 0) + 3),
    })
  if (schema['type'] === 'integer' || schema['type'] === 'number') return validNumber(schema)
  if (schema['type'] === 'boolean') return fc.boolean()
  if (schema['type'] === 'null') return fc.constant(null)
  if (schema['type'] === 'string') return validText(schema, ids)
  return fc.constantFrom('甲', 1, null)
}

function validObject(schema: Json, ids: KnownIds, depth: number): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, Json>
  const required = new Set((schema['required'] ?? []) as string[])
  return fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, valid(property, ids, depth + 1)])),
    { requiredKeys: Object.keys(properties).filter((name) => required.has(name)) },
  )
}

function validNumber(schema: Json): fc.Arbitrary<number> {
  const min = Math.max(Number(schema['minimum'] ?? -5), -1e15)
  const max = Math.min(Number(schema['maximum'] ?? 1e15), 1e15)
  const small = fc.integer({ min: Math.ceil(min), max: Math.floor(Math.min(max, Math.max(min, 0) + 8)) })
  const any = fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
  return fc.oneof({ weight: 4, arbitrary: small }, { weight: 1, arbitrary: any })
}

function validText(schema: Json, ids: KnownIds): fc.Arbitrary<string> {
  const { format, pattern } = schema as { format?: string; pattern?: string }
  if (format === 'uuid')
    return ids.length === 0
      ? fc.uuid()
      : fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.uuid() })
  if (format === 'date') return day
  if (pattern !== undefined) {
    try {
      return fc.stringMatching(new RegExp(pattern))
    } catch {
      return fc.constant('2026-11')
    }
  }
  const maxLength = Math.min(Number(schema['maxLength'] ?? 30), 60)
  return fc.oneof(
    fc.constantFrom('内容', '2026年', '30201', '甲'.repeat(Math.max(1, maxLength))),
    fc.string({ unit: 'grapheme', minLength: Number(schema['minLength'] ?? 0), maxLength }),
  )
}

/** The same with one thing wrong: a field left out, one too many, one of another kind. */
export function nearlyValid(schema: Json, ids: KnownIds): fc.Arbitrary<unknown> {
  const names = Object.keys((schema['properties'] ?? {}) as Json)
  if (names.length === 0) return fc.constant({ surprise: 1 })
  return fc
    .tuple(
      valid(schema, ids),
      fc.constantFrom(...names),
      fc.constantFrom('leave out', 'add', 'replace', 'replace'),
      garbage,
    )
    .map(([value, name, how, other]) => {
      const { [name]: _, ...rest } = value as Json
      if (how === 'leave out') return rest
      return how === 'add' ? { ...(value as Json), surprise: other } : { ...(value as Json), [name]: other }
    })
}
