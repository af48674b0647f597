import { Problem } from '#kernel/pure/contract.ts'
import { Refusal } from '#kernel/pure/verdict.ts'

export type FieldError = { path: (string | number)[]; message: string }

/** The server answered, and the answer is no: status, stable code, Chinese detail, fields, refusals, number to quote. */
export class ProblemError extends Error {
  readonly status: number
  readonly title: string
  readonly code: string
  readonly detail: string
  readonly instance: string
  readonly errors: readonly FieldError[]
  readonly refusals: readonly Refusal[]
  /** Page on which the matter is dealt with instead. */
  readonly link: Readonly<{ title: string; path: string }> | null
  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.status = problem.status
    this.title = problem.title
    this.code = problem.code
    this.detail = problem.detail
    this.instance = problem.instance
    this.errors = (problem.errors ?? []).map(({ pointer, message }) => ({ path: pathOf(pointer), message }))
    this.link = problem.link ?? null
    this.refusals = (problem.refusals ?? []).flatMap((refusal) => Refusal.safeParse(refusal).data ?? [])
  }
}

/**
 * No answer came. When something was being written it is not known whether it took effect;
 * sending it again with the same `idempotencyKey` is safe and makes it certain.
 */
export class Unreachable extends Error {
  readonly uncertain: boolean
  readonly idempotencyKey: string | null
  constructor(idempotencyKey: string | null, cause?: unknown) {
    super(
      idempotencyKey === null
        ? '未能连上服务器。请检查网络后重试。'
        : '未能连上服务器，是否已提交尚不确定。请点“重试”：同一次提交不会重复生效。',
      { cause },
    )
    this.name = 'Unreachable'
    this.uncertain = idempotencyKey !== null
    this.idempotencyKey = idempotencyKey
  }
}

/** Reads an answer that is no success; bodies that are not problem+json (a proxy's page) become one. */
export function problemOf(status: number, body: string): ProblemError {
  return new ProblemError(Problem.safeParse(parsedJson(body)).data ?? strangeAnswer(status))
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const strangeDetails: Record<number, string> = {
  401: '登录已失效。请重新登录。',
  403: '当前身份无权办理此事。请切换身份，或联系本单位经办人。',
  404: '没有找到这项内容。它可能已被删除，或不在您的权限范围内。',
  413: '提交的内容超过大小限制。请减小附件后重新提交。',
  429: '操作过于频繁。请稍候一分钟再试。',
}

/** Code of an answer that was not the system's own. */
export const strangeCode = 'strange-answer'

function strangeAnswer(status: number): Problem {
  const detail =
    strangeDetails[status] ?? `服务器没有按约定作答（状态 ${status}）。请稍后重试；若仍不行，请联系系统管理员。`
  return { type: 'about:blank', title: '', status, code: strangeCode, detail, instance: '' }
}

/** A JSON pointer (`/lines/3/quantity`, with or without `#`) as a path. */
export function pathOf(pointer: string): (string | number)[] {
  return pointer
    .replace(/^#/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}
