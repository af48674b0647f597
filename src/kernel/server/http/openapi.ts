import { z } from 'zod'
import { pathParameters, Problem, type Operation } from '#kernel/pure/contract.ts'
import { isForPeopleOnly, rightFor } from '#kernel/pure/machine-scope.ts'

export type DescribedModule = {
  name: string
  title: string
  closedToMachines?: boolean
  contract: Readonly<Record<string, Operation>>
}

/** The OpenAPI 3.1 document of all modules, made from the same contracts the server checks by. */
export function openApiDocument(
  modules: readonly DescribedModule[],
  version: string,
  sessionCookie = 'yunbao_session',
): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const module of modules)
    for (const operation of Object.values(module.contract)) {
      const path = `/api/v1/${module.name}${operation.path.replace(/:([a-zA-Z]+)/g, '{$1}')}`
      ;(paths[path] ??= {})[operation.method.toLowerCase()] = describe(module, operation)
    }
  return {
    openapi: '3.1.0',
    info: {
      title: '运保 Yunbao',
      version,
      description: '机关运行保障信息系统接口。错误以 application/problem+json 返回。',
    },
    tags: modules.map(({ name, title }) => ({ name, description: title })),
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
        token: {
          type: 'http',
          scheme: 'bearer',
          description: '接口令牌，由本级安全保密管理员签发。所需权限见各接口的 x-scope。',
        },
      },
      schemas: { Problem: jsonSchema(Problem, 'output') },
    },
    paths,
  }
}

function describe(module: DescribedModule, operation: Operation): object {
  const inPath = new Set(pathParameters(operation.path))
  const schema = jsonSchema(operation.input, 'input') as { properties?: Record<string, object>; required?: string[] }
  const properties = schema.properties ?? {}
  const required = new Set(schema.required ?? [])
  const names = Object.keys(properties)
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE'
  const rest = names.filter((name) => !inPath.has(name))
  const writes = operation.method !== 'GET' && !operation.readOnly
  return {
    tags: [module.name],
    operationId: `${module.name}.${operation.name}`,
    summary: operation.summary,
    ...(operation.stepUp ? { description: '须在短时间内再次验证身份，否则以 403（step-up-required）拒绝。' } : {}),
    ...securityOf(module, operation),
    parameters: [
      ...names
        .filter((name) => inPath.has(name))
        .map((name) => ({ name, in: 'path', required: true, schema: properties[name] })),
      ...(inQuery
        ? rest.map((name) => ({ name, in: 'query', required: required.has(name), schema: properties[name] }))
        : []),
      ...(writes
        ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } }]
        : []),
    ],
    ...(inQuery ? {} : { requestBody: requestBody(operation, rest, properties, required) }),
    responses: {
      200: { description: '成功', content: successContent(operation) },
      ...(operation.kind === 'download' ? { 304: { description: '内容没有变化' } } : {}),
      ...Object.fromEntries(
        problemsOf(operation).map((status) => [
          status,
          {
            description: problemWords[status],
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  }
}

/** Who may ask: anybody, a person signed in, or also a machine whose token has the scope. */
function securityOf(module: DescribedModule, operation: Operation): object {
  if (operation.access === 'public') return { security: [] }
  if (module.closedToMachines || isForPeopleOnly(operation)) return { security: [{ session: [] }] }
  return { security: [{ session: [] }, { token: [] }], 'x-scope': `${module.name}:${rightFor(operation)}` }
}

/** Statuses of what is not done; which of them an operation can answer is declared, and no other is ever answered. */
const problemWords = {
  400: '填写有误',
  401: '需要登录',
  403: '无权办理',
  404: '没有找到',
  409: '已被他人修改',
  413: '内容过大',
  414: '地址过长',
  415: '格式不受支持',
  422: '不符合规定',
  429: '请求过于频繁',
  503: '暂时不能办理，请稍后重试',
  507: '存储空间不足',
} as const

function problemsOf({ method, access, readOnly, path }: Operation): (keyof typeof problemWords)[] {
  const takesBody = method !== 'GET' && method !== 'DELETE'
  return [
    400,
    ...(access === 'public' && method === 'GET' ? [] : ([401] as const)), // a failed sign-in answers so too
    403,
    404,
    ...(method === 'GET' || readOnly ? [] : ([409, 507] as const)),
    ...(takesBody ? ([413, 415] as const) : []),
    ...(path.includes(':') ? ([414] as const) : []),
    422,
    429,
    503,
  ]
}

function requestBody(
  operation: Operation,
  names: string[],
  properties: Record<string, object>,
  required: Set<string>,
): object {
  const upload = operation.kind === 'upload'
  const body = {
    type: 'object',
    properties: Object.fromEntries(
      names.map((name) => [name, upload && name === 'file' ? { type: 'string', format: 'binary' } : properties[name]]),
    ),
    required: names.filter((name) => required.has(name)),
  }
  return { required: true, content: { [upload ? 'multipart/form-data' : 'application/json']: { schema: body } } }
}

function successContent(operation: Operation): object {
  if (operation.kind === 'download')
    return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
  return { 'application/json': { schema: jsonSchema(operation.output, 'output') } }
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}
