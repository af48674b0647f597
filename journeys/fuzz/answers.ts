import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Operation } from '#kernel/pure/contract.ts'

export type FuzzAnswer = Readonly<{ status: number; type: string; body: string }>

type Responses = Record<string, { content?: Record<string, { schema: object }> }>
type OpenApi = { paths: Record<string, Record<string, { responses: Responses }>> }

/** What must never be told: where the code lies, what was asked of the database. */
const leaks =
  /\bat [^\n]+\.[jt]s:\d+|node_modules|\bsrc\/|\bselect\b.+\bfrom\b|\binsert into\b|relation "|syntax error|PostgreSQL|ECONNREFUSED/i

/** Checks answers against the published OpenAPI document. */
export function answerCheck(document: unknown): (operation: Operation, answer: FuzzAnswer) => string | null {
  const { paths } = document as OpenApi
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true })
  ;(formats as unknown as (ajv: Ajv2020) => void)(ajv)
  ajv.addFormat('starts_with', true) // of zod, not of the standard; the words stand in `pattern` beside it
  ajv.addSchema(document as object, 'openapi')
  const compiled = new Map<string, ValidateFunction>()
  return (operation, { status, type, body }) => {
    const path = `/api/v1/${operation.module}${operation.path.replace(/:([a-zA-Z]+)/g, '{$1}')}`
    const method = operation.method.toLowerCase()
    const declared = paths[path]?.[method]?.responses[String(status)]
    if (!declared) return `status ${status} is not declared: ${body.slice(0, 300)}`
    const said = leaks.exec(status === 200 ? '' : body)
    if (said) return `tells too much: ${said[0].slice(0, 100)}`
    const media = type.split(';')[0] ?? ''
    const content = declared.content
    if (!content) return body === '' ? null : `status ${status} is declared without content`
    if ('application/octet-stream' in content) return null // a file of whatever kind
    if (!(media in content)) return `media type ${media} is not declared for status ${status}`
    const pointer = ['paths', path, method, 'responses', String(status), 'content', media, 'schema']
    const reference = `openapi#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
    const validate = compiled.get(reference) ?? ajv.compile({ $ref: reference })
    compiled.set(reference, validate)
    if (validate(JSON.parse(body))) return null
    const [error] = validate.errors ?? []
    return `status ${status} is outside the schema: ${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)}: ${body.slice(0, 300)}`
  }
}
