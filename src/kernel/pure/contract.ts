import { z } from 'zod'

/**
 * One operation, said once: the API validates by it, the CLI makes flags of it, the browser is typed by it.
 * `input` is flat: the names in the path are path parameters, the rest is the query (GET, DELETE) or the JSON body.
 */
export type OperationDeclaration = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Under `/api/v1/<module>`, with `:name` parameters. */
  path: string
  /** Chinese, one line: heading in the API documentation and help text of the command. */
  summary: string
  input: z.ZodObject
  output: z.ZodType
  /** `public` needs no sign-in. Finer rights are in the module's policy. */
  access?: 'public' | 'signed-in'
  /** `upload` takes multipart with one `file`; `download` answers a file instead of JSON. */
  kind?: 'json' | 'upload' | 'download'
  /** Largest request in bytes; 1 MiB unless said otherwise (uploads: 32 MiB). */
  maxBytes?: number
  /** True where changing something is a reading act in disguise (search by POST): no idempotency row, read-only transaction. */
  readOnly?: boolean
  /** A password is in what is asked or answered: neither is kept, not even as a digest; a repeat is told so. */
  secret?: boolean
  /** Asks for a fresh proof of who is there (step-up): refused with `step-up-required` until given. */
  stepUp?: true
  /** Open to those who must first change a password or enrol a second factor. */
  whileUnready?: true
  /** About the person who is signed in (session, own sign-ins): nothing for a machine's token. */
  personal?: boolean
  /** Asks who is there: to a visitor with no credential, 401 is its answer, no denial, and leaves no row in the record. */
  asksWhoIsThere?: true
}

export type Operation<D extends OperationDeclaration = OperationDeclaration> = Readonly<
  D & { module: string; name: string }
>

export type Contract = Readonly<Record<string, Operation>>

export function defineContract<const D extends Record<string, OperationDeclaration>>(
  module: string,
  operations: D,
): { readonly [K in keyof D]: Operation<D[K]> } {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [name, { ...operation, module, name }]),
  ) as { [K in keyof D]: Operation<D[K]> }
}

export type InputOf<O extends OperationDeclaration> = z.input<O['input']>
export type ParsedInputOf<O extends OperationDeclaration> = z.output<O['input']>
export type OutputOf<O extends OperationDeclaration> = z.output<O['output']>
/** What an action may return: instants still as the database gave them. */
export type AnswerOf<O extends OperationDeclaration> = z.input<O['output']>

/** An instant in an answer: a timestamp of the database on the way in, ISO 8601 text on the way out. */
export const Instant = z
  .union([z.date(), z.string()])
  .transform((instant) => (typeof instant === 'string' ? instant : instant.toISOString()))
  .pipe(z.string().meta({ format: 'date-time' }))

/** Names of the `:parameters` of a path. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1] as string)
}

/** The URL of an operation and what is left of the input for query or body. */
export function urlOf(
  operation: Operation,
  input: Record<string, unknown>,
): { url: string; rest: Record<string, unknown> } {
  const rest = { ...input }
  const path = operation.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  return { url: `/api/v1/${operation.module}${path}`, rest }
}

/** Query values arrive as text; these read them as what they are. */
export const queryInteger = z.coerce.number().int()

/** A year of law and plans, in a body or (as text) in a query. */
export const Year = z.number().int().min(2000, '年度应在2000至2100之间。').max(2100, '年度应在2000至2100之间。')
export const queryYear = z.coerce.number().pipe(Year)
export const queryBoolean = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])

/** Paging by key: `after` is the cursor of the last row seen. */
export const pageInput = {
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

const wrongCursor = '翻页位置无效。请从第一页重新查看。'

/** Paging where the cursor is the id of the last row seen. */
export const pageInputById = { ...pageInput, after: z.uuid(wrongCursor).optional() }

/** Paging where the cursor is a number: a year, a place, a running number of nine digits at most. */
export const pageInputByNumber = {
  ...pageInput,
  after: z
    .string()
    .regex(/^\d{1,9}$/, wrongCursor)
    .optional(),
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    /** Cursor of the next page; null on the last. */
    next: z.string().nullable(),
    /** True count up to 10,000; null means more. */
    total: z.number().int().nullable(),
  })
}
export type Page<T> = { items: T[]; next: string | null; total: number | null }

/** A file taken in by the kernel: streamed to disk, measured and hashed before the action sees it. */
export const UploadedFile = z.object({
  path: z.string(),
  fileName: z.string(),
  sizeBytes: z.number(),
  mediaType: z.string(),
  sha256: z.string(),
})
export type UploadedFile = z.infer<typeof UploadedFile>

/** Mark of a `download` operation's output; the action returns a `Download` of kernel/server. */
export const FileOutput = z.any()

/** An amount of money in 分, never beyond what a double holds exactly. */
export const FenSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
export const SignedFenSchema = z.number().int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER)

/** A body of problem+json (RFC 9457) as this system answers it. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  /** Stable, for machines. */
  code: z.string(),
  /** Chinese: what happened, why, what to do. */
  detail: z.string(),
  /** A number to quote when asking for help. */
  instance: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string(), code: z.string() })).optional(),
  refusals: z.array(z.any()).optional(),
  /** Page on which the matter is dealt with instead. */
  link: z.object({ title: z.string(), path: z.string() }).optional(),
})
export type Problem = z.infer<typeof Problem>
