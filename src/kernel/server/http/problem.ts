import type { Problem } from '#kernel/pure/contract.ts'
import { OutcomeUnknown } from '../database/errors.ts'
import {
  BadInput,
  Busy,
  Conflict,
  DiskFull,
  Forbidden,
  Missing,
  Refused,
  SignInFailed,
  StepUpRequired,
  TooMany,
} from '../errors.ts'
import { ScannerAway } from '../virus-scan.ts'

export type Answer = { status: number; problem: Omit<Problem, 'instance'>; retryAfterSeconds?: number }

/** Fastify's own errors (body too large, not JSON, …) by code, in words a clerk can act on. */
const transportProblems: Record<string, { status: number; code: string; title: string; detail: string }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'too-large',
    title: '内容过大',
    detail: '提交的内容超过允许的大小。请减少内容或分批提交。',
  },
  FST_REQ_FILE_TOO_LARGE: {
    status: 413,
    code: 'too-large',
    title: '文件过大',
    detail: '文件超过允许的大小。请压缩或拆分后再上传。',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'unsupported-media-type',
    title: '格式不受支持',
    detail: '请求的内容格式不受支持。请以 JSON 提交，文件以 multipart 上传。',
  },
  FST_INVALID_MULTIPART_CONTENT_TYPE: {
    status: 415,
    code: 'unsupported-media-type',
    title: '格式不受支持',
    detail: '上传文件须使用 multipart/form-data。',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    status: 400,
    code: 'malformed',
    title: '内容无法读取',
    detail: '请求内容不是有效的 JSON。请检查后重新提交。',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    code: 'malformed',
    title: '内容无法读取',
    detail: '请求内容为空。请填写后重新提交。',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'malformed',
    title: '内容无法读取',
    detail: '请求内容的长度与声明不符。请重新提交。',
  },
}

/** Constraint violations that slip past the rules are still a person's doing, not a bug: somebody was faster. */
const constraintProblems: Record<string, { status: number; code: string; detail: string }> = {
  '23505': { status: 409, code: 'conflict', detail: '同样的记录已经存在。请刷新后核对，再决定是否提交。' },
  '23P01': { status: 409, code: 'conflict', detail: '与已有记录的期间重叠。请刷新后核对，再重新提交。' },
  '55P03': { status: 409, code: 'conflict', detail: '他人正在处理同一事项。请稍后重试。' },
  '57014': { status: 503, code: 'too-slow', detail: '处理时间超过上限，已停止，未作任何改动。请缩小范围后重试。' },
}

/**
 * A value that PostgreSQL cannot read as what it stands for: a cursor, an id or a day that was made up. Schemas catch what they
 * name; cursors are text to them.
 */
const unreadable: ReadonlySet<string> = new Set(['22P02', '22007', '22008'])

/** The volume of the database, or of files, is full, or a quota on it is used up. */
const fullCodes: ReadonlySet<string> = new Set(['53100', 'ENOSPC', 'EDQUOT'])

const databaseAwayCodes = /^(ECONN|57P0|08|ETIMEDOUT|53300|ENOTFOUND)/

/** The one error map: what was thrown → status and problem. Null means a bug (500, logged by the caller). */
export function problemOf(error: unknown): Answer | null {
  if (error instanceof BadInput)
    return answer(400, 'bad-input', '填写有误', error.message, { errors: [...error.errors] })
  if (error instanceof StepUpRequired)
    return answer(403, 'step-up-required', '请再次验证身份', error.message, { refusals: [...error.refusals] })
  if (error instanceof Forbidden)
    return answer(403, 'forbidden', '无权办理', error.message, { refusals: [...error.refusals] })
  if (error instanceof Missing) return answer(404, 'missing', '没有找到', error.message)
  if (error instanceof Conflict)
    return error.link
      ? answer(409, 'conflict', '在另一事项办理', error.message, { link: error.link })
      : answer(409, 'conflict', '已被他人修改', error.message)
  if (error instanceof SignInFailed)
    return answer(401, 'sign-in-failed', '未能登录', error.message, { refusals: [...error.refusals] })
  if (error instanceof Refused)
    return answer(422, 'refused', '不符合规定', error.message, { refusals: [...error.refusals] })
  if (error instanceof TooMany)
    return {
      ...answer(429, 'too-many', '请求过于频繁', '短时间内请求过多。请稍后再试。'),
      retryAfterSeconds: error.retryAfterSeconds,
    }
  if (error instanceof Busy)
    return {
      ...answer(503, 'busy', '请稍后重试', '同时办理的人过多，本次未作任何改动。请稍后重试。'),
      retryAfterSeconds: 2,
    }
  if (error instanceof ScannerAway)
    return {
      ...answer(
        503,
        'scanner-away',
        '暂时不能上传',
        '病毒扫描暂时没有回应，文件没有保存。请稍后重试；多次不成，请联系系统管理员。',
      ),
      retryAfterSeconds: 30,
    }
  const code = codeOf(error)
  if (error instanceof DiskFull || fullCodes.has(code))
    return {
      ...answer(
        507,
        'disk-full',
        '暂时不能保存',
        '服务器存储空间不足，本次未作任何改动；查阅不受影响。请联系系统管理员腾出空间，之后重新提交。',
      ),
      retryAfterSeconds: 60,
    }
  const transport = transportProblems[code]
  if (transport) return answer(transport.status, transport.code, transport.title, transport.detail)
  const constraint = constraintProblems[code]
  if (constraint)
    return answer(
      constraint.status,
      constraint.code,
      constraint.status === 409 ? '与现有记录冲突' : '暂时无法处理',
      constraint.detail,
    )
  if (unreadable.has(code))
    return answer(
      400,
      'bad-input',
      '填写有误',
      '请求中有无法识别的编号、日期或翻页位置，未作任何改动。请返回列表，从第一页重新打开。',
    )
  if (code === 'retry')
    return {
      ...answer(503, 'retry', '请重试', '同时办理的人较多，本次未作任何改动。请稍后重试。'),
      retryAfterSeconds: 2,
    }
  // Whether it took effect is not known: the words must not say that nothing was changed.
  if (error instanceof OutcomeUnknown)
    return { ...answer(503, error.code, '结果尚未确定', error.message), retryAfterSeconds: 2 }
  if (databaseAwayCodes.test(code) || (error instanceof Error && error.name === 'DatabaseAway'))
    return {
      ...answer(503, 'database-away', '服务暂不可用', '数据库暂时无法连接，本次未作任何改动。请稍后重试。'),
      retryAfterSeconds: 5,
    }
  return null
}

/** The answer to a bug: says nothing of the inside, gives a number to quote. */
export function internalProblem(requestId: string): Answer {
  return answer(
    500,
    'internal',
    '系统内部错误',
    `系统遇到没有预料到的情况，本次未作任何改动。请记下编号 ${requestId} 并联系系统管理员。`,
  )
}

export function answer(
  status: number,
  code: string,
  title: string,
  detail: string,
  more: Partial<Problem> = {},
): Answer {
  return { status, problem: { type: `/api/docs#problem-${code}`, title, status, code, detail, ...more } }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
