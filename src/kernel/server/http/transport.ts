import type { Socket } from 'node:net'
import { newId } from '../identifier.ts'
import { answer, type Answer } from './problem.ts'

const secondMs = 1000

/**
 * Patience with clients: who says nothing, or sends headers in drops, is let go; a whole request may take five minutes
 * (an upload on a county's line). Sockets beyond the most are refused before they cost anything. Source: ASVS 5.0
 * V13.2 and V15.2; G29.
 */
export const transportLimits = {
  connectionTimeout: 60 * secondMs,
  requestTimeout: 300 * secondMs,
  http: { headersTimeout: 20 * secondMs, connectionsCheckingInterval: 5 * secondMs, maxHeaderSize: 16 * 1024 },
} as const

/** Requests that are none: they never reach a route, so they are answered on the bare socket. */
const broken: Readonly<Record<string, Answer>> = {
  HPE_HEADER_OVERFLOW: answer(
    431,
    'header-too-large',
    '请求头过大',
    '请求头超过16KB。请清除浏览器中本站的 Cookie 后重试。',
  ),
  ERR_HTTP_REQUEST_TIMEOUT: answer(408, 'too-slow', '请求超时', '请求没有在规定时间内发送完。请检查网络后重试。'),
}
const unreadable = answer(400, 'malformed', '请求无法读取', '收到的内容不是有效的 HTTP 请求。')

/** The last word to a client whose request cannot be read, in the same form as every other answer. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, problem } = broken[error.code ?? ''] ?? unreadable
  const body = JSON.stringify({ ...problem, instance: newId() })
  socket.end(
    [
      `HTTP/1.1 ${status} ${status === 431 ? 'Request Header Fields Too Large' : status === 408 ? 'Request Timeout' : 'Bad Request'}`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'x-content-type-options: nosniff',
      'cache-control: no-store',
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
