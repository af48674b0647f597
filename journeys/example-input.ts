import { z } from 'zod'
import type { Operation } from '#kernel/pure/contract.ts'

export type Json = Record<string, unknown>

export const nowhere = '00000000-0000-7000-8000-000000000001'

/** The input of an operation as JSON Schema describes it. */
export function schemaOf(operation: Operation): Json {
  return z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as Json
}

/** The smallest input a schema describes. @param ids a record for each name that stands for one */
export function exampleInput(schema: Json, ids: ReadonlyMap<string, string>, name = ''): unknown {
  if ('const' in schema) return schema['const']
  const choices = (schema['enum'] ?? []) as unknown[]
  if (choices.length > 0) return choices[0]
  const either = (schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']) as Json[] | undefined
  if (either) return exampleInput(either.find(({ type }) => type !== 'null') ?? {}, ids, name)
  switch (schema['type']) {
    case 'object':
      return Object.fromEntries(
        ((schema['required'] ?? []) as string[]).map((key) => [
          key,
          exampleInput((schema['properties'] as Record<string, Json>)[key] ?? {}, ids, key),
        ]),
      )
    case 'array':
      return Array.from({ length: Number(schema['minItems'] ?? 0) }, () =>
        exampleInput(schema['items'] as Json, ids, name),
      )
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema['minimum'] ?? 1))
    case 'boolean':
      return true
    default:
      if (schema['format'] === 'uuid') return ids.get(name) ?? nowhere
      return schema['format'] === 'date' || /On$|from$|until$/i.test(name) ? '2026-11-20' : '内容'.repeat(3)
  }
}
