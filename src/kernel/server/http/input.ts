import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { FastifyRequest } from 'fastify'
import type { Operation, UploadedFile } from '#kernel/pure/contract.ts'
import { checkedInput } from '../dispatch.ts'
import { BadInput } from '../errors.ts'
import { takeIn } from '../incoming.ts'
import type { Scan } from '../virus-scan.ts'
import { canonicalJson } from '#kernel/pure/canonical-json.ts'

const defaultUploadBytes = 32 * 1024 * 1024

/**
 * The checked input of a request: path parameters, query or body, and the uploaded file, as one object.
 * Fields nobody asked for are refused, so that a misspelt field is never silently lost.
 */
export async function readInput(
  operation: Operation,
  request: FastifyRequest,
  { incomingDirectory, scan }: { incomingDirectory: string; scan: Scan | null },
): Promise<Record<string, unknown>> {
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE'
  const rest =
    operation.kind === 'upload'
      ? await readMultipart(operation, request, incomingDirectory, scan)
      : objectOf(inQuery ? request.query : request.body)
  try {
    return checkedInput(operation, { ...rest, ...objectOf(request.params) })
  } catch (error) {
    const file = rest['file'] as UploadedFile | undefined
    if (file) await rm(file.path, { force: true })
    throw error
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {}
  if (typeof value === 'object' && !Array.isArray(value)) return { ...value }
  throw new BadInput([{ pointer: '', message: '请求内容应为一个 JSON 对象。' }])
}

/** Takes the one file of a multipart request in; other parts are text fields. */
async function readMultipart(
  operation: Operation,
  request: FastifyRequest,
  directory: string,
  scan: Scan | null,
): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = {}
  const limits = { fileSize: operation.maxBytes ?? defaultUploadBytes, files: 1, fields: 50, fieldSize: 64 * 1024 }
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        fields[part.fieldname] = part.value
        continue
      }
      if (part.fieldname !== 'file')
        throw new BadInput([{ pointer: `/${part.fieldname}`, message: '文件应以字段名 file 上传。' }])
      const file = await takeIn(part.file, { fileName: part.filename, mediaType: part.mimetype }, directory)
      fields['file'] = file
      if (part.file.truncated) throw Object.assign(new Error('file too large'), { code: 'FST_REQ_FILE_TOO_LARGE' })
      if (scan) await refuseInfected(scan, file)
    }
  } catch (error) {
    const file = fields['file'] as UploadedFile | undefined
    if (file) await rm(file.path, { force: true })
    throw error
  }
  return fields
}

async function refuseInfected(scan: Scan, { path, fileName }: UploadedFile): Promise<void> {
  const found = await scan(path)
  if (found === null) return
  throw new BadInput([
    {
      pointer: '/file',
      code: 'infected',
      message: `“${fileName}”含有恶意代码（${found}），没有保存。请查杀所用的计算机，并告知安全管理员。`,
    },
  ])
}

/** Digest of what was asked, to tell a retry from another request under the same key; the upload's place on disk is left out. */
export function requestDigest(input: Record<string, unknown>): string {
  const file = input['file'] as UploadedFile | undefined
  const content = file ? { ...input, file: { ...file, path: null } } : input
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(content))))
    .digest('hex')
}
