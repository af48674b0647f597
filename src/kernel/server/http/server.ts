import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import statics from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Operation, UploadedFile } from '#kernel/pure/contract.ts'
import type { Authenticate, AuthenticateMachine, ModuleManifest } from '../../module.ts'
import type { Ctx, Download } from '../context.ts'
import { transaction } from '../database.ts'
import { DatabaseAway, OutcomeUnknown } from '../database/errors.ts'
import type { SealingState } from '../audit/sealer.ts'
import type { ProcessState } from '../upkeep/server-process.ts'
import { dispatch, type AnyAction, type DispatchParts, type Errand } from '../dispatch.ts'
import { recordDenial } from '../denials.ts'
import { DiskFull, Forbidden, SignedOut } from '../errors.ts'
import { credentialOf, flowCookieOf, refuseTwoCredentials, sessionCookieOf, type Credential } from './credential.ts'
import { busyDoor, type Door } from './door.ts'
import { documentationRoutes } from './documentation.ts'
import { healthRoutes } from './health.ts'
import { knockCounter, minuteCounter, type Knocks } from './knocks.ts'
import { digestOfSecret, newId } from '../identifier.ts'
import type { Scan } from '../virus-scan.ts'
import { readInput, requestDigest } from './input.ts'
import { readJsonBodies } from './json-body.ts'
import { openApiDocument } from './openapi.ts'
import { answer, internalProblem, problemOf, type Answer } from './problem.ts'
import { securityHeaders } from './security-headers.ts'
import { answerBrokenRequest, transportLimits } from './transport.ts'

export type ServerParts = DispatchParts & {
  modules: readonly ModuleManifest[]
  authenticate: Authenticate
  /** Unset where no module lets machines in. */
  authenticateMachine?: AuthenticateMachine | undefined
  clock: () => Date
  /** Built web app; null serves the API alone. */
  webDirectory: string | null
  /** Where uploads land before an action keeps them. */
  incomingDirectory: string
  version: string
  /** Cookies only over TLS; false on plain loopback. */
  secureCookies: boolean
  /** Requests a minute one address may send to operations that need no sign-in. */
  publicRequestsPerMinute: number
  /** Proxies that say on whose behalf they ask; the address of anybody else is the one they come from. */
  trustedProxies?: string[] | undefined
  /** Looks at files that come in; null where no scanner is set. */
  scan: Scan | null
  /** Files a minute one person may send or fetch. */
  filesPerMinute: number
  logger: boolean | object
  /** How the sealing of the record stands. */
  sealing: () => SealingState
  /** True while the disk has no room for more than the database needs itself. */
  diskFull?: () => boolean
  /** How process and machine stand, as of the last look. */
  upkeep?: () => ProcessState | null
}

/** The HTTP server of all modules: every operation of every contract, the OpenAPI document, the web app. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const server = Fastify({
    logger: parts.logger,
    genReqId: newId,
    bodyLimit: 1024 * 1024,
    trustProxy: parts.trustedProxies ?? false,
    ...transportLimits,
    routerOptions: { maxParamLength: 500 },
    clientErrorHandler: answerBrokenRequest,
    // What no route takes (an address too long or not readable) is told as everything else is.
    frameworkErrors: (error, request, reply) => void sendProblem(request, reply, error),
  })
  const counting: Counting = {
    knocks: knockCounter(parts.publicRequestsPerMinute),
    machines: minuteCounter(),
    fileRequests: minuteCounter(),
    door: busyDoor(),
  }
  server.removeContentTypeParser('text/plain')
  readJsonBodies(server)
  await server.register(cookie)
  await server.register(multipart)
  await server.register(rateLimit, { global: false })
  await securityHeaders(server, { overTls: parts.secureCookies })
  server.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  server.setNotFoundHandler((request, reply) => notFound(parts, request, reply))

  for (const module of parts.modules)
    for (const [name, operation] of Object.entries(module.contract)) {
      const action = module.actions[name] as AnyAction | undefined
      if (!action) throw new Error(`module ${module.name} declares operation ${name} without an action`)
      server.route({
        method: operation.method,
        url: `/api/v1/${module.name}${operation.path}`,
        bodyLimit: operation.maxBytes ?? 1024 * 1024,
        ...(operation.access === 'public'
          ? { config: { rateLimit: { max: parts.publicRequestsPerMinute, timeWindow: '1 minute' } } }
          : {}),
        handler: (request, reply) => handle({ ...parts, ...counting }, operation, action, request, reply),
      })
    }

  const document = openApiDocument(parts.modules, parts.version, sessionCookieOf(parts))
  server.get('/api/openapi.json', () => document)
  await documentationRoutes(server)
  healthRoutes(server, parts)
  if (parts.webDirectory && existsSync(parts.webDirectory))
    await server.register(statics, { root: parts.webDirectory, wildcard: false, setHeaders: cacheForever })
  return server
}

/** Built files carry their hash in the name; the page itself and its service worker must be asked for anew. */
function cacheForever(reply: FastifyReply, path: string): void {
  const named = !path.endsWith('.html') && !path.endsWith('service-worker.js')
  reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache')
}

/** What every request meets: who asks too often, and how many are being answered. */
type Counting = {
  knocks: Knocks
  machines: ReturnType<typeof minuteCounter>
  fileRequests: ReturnType<typeof minuteCounter>
  door: Door
}
type CountingParts = ServerParts & Counting

async function handle(
  parts: CountingParts,
  operation: Operation,
  action: AnyAction,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const now = parts.clock()
  const credential = credentialOf(request, parts)
  const key = request.headers['idempotency-key']
  let uploaded: Record<string, unknown> | null = null
  let counted = false
  let fileCounted = operation.kind !== 'upload' && operation.kind !== 'download'
  const authenticated = async (tx: Parameters<Errand['actorOf']>[0]) => {
    if (credential.hash === null) return null
    if (credential.kind === 'session') return parts.authenticate(tx, credential.hash, now)
    const machine = (await parts.authenticateMachine?.(tx, credential.hash, now)) ?? null
    // An upload is asked for twice, and a transaction may be tried again: one request counts once.
    if (machine && !counted) parts.machines.count(machine.actor.machine?.tokenId ?? '', machine.requestsPerMinute)
    counted = true
    return machine && machine.actor
  }
  const errand: Errand = {
    operation,
    action,
    now,
    requestId: request.id,
    source: request.ip,
    actorOf: async (tx) => {
      const actor = await authenticated(tx)
      if (!actor && operation.access !== 'public') parts.knocks.count(request.ip)
      if (actor && !fileCounted) {
        fileCounted = true // a transaction that runs again is still one request
        parts.fileRequests.count(actor.personId ?? actor.machine?.tokenId ?? request.ip, parts.filesPerMinute)
      }
      return actor
    },
    inputOf: async () => uploaded ?? (await readInput(operation, request, parts)),
    idempotency: typeof key === 'string' ? { key, digestOf: requestDigest } : null,
    ifMatch: versionOf(request),
    session: sessionControl(parts, request, reply, credential.kind === 'session' ? credential.hash : null),
    path: request.params as Record<string, string>,
  }
  try {
    if (parts.diskFull?.() && needsRoom(operation)) throw new DiskFull()
    await admit(parts, errand, request, credential)
    // A file is taken in before the transaction opens, and only from somebody signed in.
    if (operation.kind === 'upload') uploaded = await readInput(operation, request, parts)
    const leave = parts.door.enter() // not before the file is here: it may take minutes to come
    const result = await dispatch(parts, errand).finally(leave)
    return operation.kind === 'download' ? sendDownload(request, reply, result as Download) : reply.send(result ?? null)
  } finally {
    const file = uploaded?.['file'] as UploadedFile | undefined
    if (file) await rm(file.path, { force: true }) // what was kept has moved away
  }
}

/** Whatever writes; signing in and out, and what must come before any work, stay open for those who make room. */
function needsRoom({ method, readOnly, access, whileUnready }: Operation): boolean {
  return method !== 'GET' && !readOnly && access !== 'public' && !whileUnready
}

/** What is refused before anything is read of the request; a denial here is recorded as one of the operation. */
async function admit(
  parts: CountingParts,
  errand: Errand,
  request: FastifyRequest,
  credential: Credential,
): Promise<void> {
  const { operation } = errand
  try {
    refuseTwoCredentials(credential)
    // A browser adds cookies by itself to what another page sends, never a token.
    if (credential.kind !== 'token') refuseForeignOrigin(operation, request)
    if (operation.access === 'public' || (credential.hash !== null && operation.kind !== 'upload')) return
    if (credential.hash === null) parts.knocks.count(request.ip)
    else if (await transaction(parts.db, errand.actorOf).catch(nothingDone)) return
    throw new SignedOut()
  } catch (error) {
    // A credential that is none of ours is an attempt, wherever it is shown.
    const answered = operation.asksWhoIsThere && credential.hash === null && error instanceof SignedOut
    if (!answered) await recordDenial(parts, errand, error)
    throw error
  }
}

/** Who asks is looked up before anything is done: should its COMMIT be lost, there is nothing to be uncertain about. */
function nothingDone(error: unknown): never {
  throw error instanceof OutcomeUnknown ? new DatabaseAway(error.cause) : error
}

/** Only pages of this site may send writes with the session cookie (second to SameSite=Strict). */
function refuseForeignOrigin(operation: Operation, request: FastifyRequest): void {
  if (operation.method === 'GET') return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const foreignSite = typeof site === 'string' && site !== 'same-origin' && site !== 'none'
  const foreignOrigin = typeof origin === 'string' && origin !== 'null' && hostOf(origin) !== request.host
  if (foreignSite || foreignOrigin)
    throw new Forbidden([
      {
        code: 'foreign-origin',
        message: '请求来自其他网站，已拒绝。请在本系统页面内操作。',
        basis: null,
        facts: {},
        remedy: null,
      },
    ])
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : ''
}

function versionOf(request: FastifyRequest): number | null {
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(request.headers['if-match'] ?? '')
  return match ? Number(match[1]) : null
}

function sessionControl(
  parts: ServerParts,
  request: FastifyRequest,
  reply: FastifyReply,
  tokenHash: string | null,
): Ctx['session'] {
  const flow = request.cookies[flowCookieOf(parts)]
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: parts.secureCookies } as const
  return {
    tokenHash,
    set: (token, maxAgeSeconds) =>
      void reply.setCookie(sessionCookieOf(parts), token, { ...options, maxAge: maxAgeSeconds }),
    clear: () => void reply.clearCookie(sessionCookieOf(parts), options),
    flow: {
      hash: flow ? digestOfSecret(flow) : null,
      set: (secret, maxAgeSeconds) =>
        void reply.setCookie(flowCookieOf(parts), secret, { ...options, maxAge: maxAgeSeconds }),
      clear: () => void reply.clearCookie(flowCookieOf(parts), options),
    },
  }
}

function sendDownload(
  request: FastifyRequest,
  reply: FastifyReply,
  { fileName, mediaType, body, etag }: Download,
): FastifyReply {
  if (etag !== undefined) {
    reply.header('etag', etag).header('cache-control', 'private, no-cache')
    const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
    if (known.includes(etag)) return reply.code(304).send()
  }
  return reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .type(mediaType)
    .send(body)
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const status = (error as { statusCode?: number }).statusCode
  const answered: Answer =
    error instanceof SignedOut
      ? answer(401, 'signed-out', '需要登录', '登录已失效或尚未登录。请登录后继续，已填写的内容不会丢失。')
      : (problemOf(error) ??
        (status === 429
          ? { ...answer(429, 'too-many', '请求过于频繁', '短时间内请求过多。请稍后再试。'), retryAfterSeconds: 60 }
          : status !== undefined && status >= 400 && status < 500
            ? answer(status, 'malformed', '请求无法处理', '请求的格式不正确。请刷新页面后重试。')
            : internalProblem(request.id)))
  if (answered.status === 401 && request.headers.authorization !== undefined) reply.header('www-authenticate', 'Bearer')
  if (answered.status >= 500) request.log.error({ err: error }, 'request failed')
  if (answered.retryAfterSeconds) reply.header('retry-after', String(answered.retryAfterSeconds))
  return reply
    .code(answered.status)
    .type('application/problem+json')
    .send({ ...answered.problem, instance: request.id })
}

function notFound(parts: ServerParts, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const page = request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/health/')
  if (page && parts.webDirectory && existsSync(join(parts.webDirectory, 'index.html')))
    return reply.header('cache-control', 'no-cache').type('text/html').sendFile('index.html')
  return reply
    .code(404)
    .type('application/problem+json')
    .send({ ...answer(404, 'missing', '没有找到', '没有这个地址。请从左侧导航进入。').problem, instance: request.id })
}
