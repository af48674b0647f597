import type { Refusal, Verdict } from '#kernel/pure/verdict.ts'

/**
 * The four words for "no" that modules know; kernel/server/http maps them to status codes, no module does.
 * Anything else that is thrown is a bug: 500, logged with its cause, shown as a number to quote.
 */

/** 404: there is no such thing, or the actor may not know that there is. */
export class Missing extends Error {
  readonly subject: string
  constructor(subject: string) {
    super(`没有找到${subject}。它可能已被删除，或不在您的权限范围内。`)
    this.subject = subject
  }
}

/** 401: nobody is signed in, and the operation needs somebody. */
export class SignedOut extends Error {}

/** 429: one address, one person or one machine asks too often. */
export class TooMany extends Error {
  readonly retryAfterSeconds: number
  constructor(retryAfterSeconds = 60) {
    super()
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** 503: more are being answered than can be answered in time. */
export class Busy extends Error {}

/** 507: no room is left to keep anything; what is read goes on. */
export class DiskFull extends Error {}

/** 403: seen but not theirs to do. */
export class Forbidden extends Error {
  readonly refusals: readonly Refusal[]
  constructor(refusals: readonly Refusal[]) {
    super(refusals.map((refusal) => refusal.message).join(' '))
    this.refusals = refusals
  }
}

/** 403 until the actor proves anew who is there; the web client asks for it and repeats the request. */
export class StepUpRequired extends Forbidden {
  constructor() {
    super([
      {
        code: 'step-up-required',
        message: '办理这一事项前，须再次验证身份。',
        basis: null,
        facts: {},
        remedy: '请输入动态口令（未启用的，输入密码）后重新提交。',
      },
    ])
  }
}

/** 422: the law or the state of the case does not admit it; all reasons at once. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[]
  constructor(refusals: readonly Refusal[]) {
    super(refusals.map((refusal) => refusal.message).join(' '))
    this.refusals = refusals
  }
}

/** 422 like Refused, but what the act wrote is kept: a failed sign-in is counted although it is refused. */
export class RefusedAndKept extends Refused {}

/** 401: what was given to sign in does not do; the failure is counted and kept. */
export class SignInFailed extends RefusedAndKept {}

/** 409: somebody else changed it first. */
export class Conflict extends Error {
  /** Where the matter is to be dealt with instead. */
  readonly link: Readonly<{ title: string; path: string }> | null
  constructor(
    subject: string,
    detail = `${subject}刚刚被他人修改。请刷新后核对，再重新提交。`,
    link: Conflict['link'] = null,
  ) {
    super(detail)
    this.link = link
  }
}

/** 400: the input cannot be understood, field by field. */
export class BadInput extends Error {
  readonly errors: readonly { pointer: string; message: string; code: string }[]
  constructor(errors: readonly { pointer: string; message: string; code?: string }[]) {
    super(errors.map((error) => error.message).join(' '))
    this.errors = errors.map((error) => ({ code: 'invalid', ...error }))
  }
}

/** Who: throws Forbidden unless the policy allows. */
export function permit(verdict: Verdict): void {
  if (!verdict.ok) throw new Forbidden(verdict.refusals)
}

/** Whether: throws Refused unless the rules allow. */
export function insist(verdict: Verdict): void {
  if (!verdict.ok) throw new Refused(verdict.refusals)
}

/** The row, or Missing. */
export function found<T>(row: T | undefined | null, subject: string): T {
  if (row === undefined || row === null) throw new Missing(subject)
  return row
}
