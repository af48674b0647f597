import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BadInput } from '../errors.ts'

/** No form of ours goes deeper than a dozen; what does would only exhaust the stack of whoever walks it. */
const deepest = 64

/** Reads JSON bodies; keys that reach for prototypes are refused (Fastify's own parser), and so is what goes too deep. */
export function readJsonBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request: FastifyRequest, body, done) => {
    const text = body as string
    if (nestingOf(text) > deepest)
      done(
        new BadInput([
          { pointer: '', code: 'too-deep', message: `请求内容的嵌套超过${deepest}层。请减少层次后重新提交。` },
        ]),
      )
    else void parse(request, text, done)
  })
}

/** How deep brackets are open at most, one pass, text in quotes aside; wrong JSON is for the parser to refuse. */
export function nestingOf(json: string): number {
  let depth = 0
  let most = 0
  let quoted = false
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (quoted) {
      if (code === 0x5c) at++
      else if (code === 0x22) quoted = false
    } else if (code === 0x22) quoted = true
    else if (code === 0x5b || code === 0x7b) most = Math.max(most, ++depth)
    else if (code === 0x5d || code === 0x7d) depth--
  }
  return most
}
