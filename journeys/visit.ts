import type { z } from 'zod'
import { urlOf, type Operation } from '#kernel/pure/contract.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'

export type Answer<T> = { status: number; body: T; codes: string[] }

/** Somebody signed in, asking the API as their browser would. */
export type Caller = <O extends Operation>(
  operation: O,
  input: z.input<O['input']>,
) => Promise<Answer<z.output<O['output']>>>

/** Signs in. @returns the session's cookie */
export async function sessionAt(address: string, username: string): Promise<string> {
  const signedIn = await fetch(`${address}/api/v1/people/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: demonstrationPassword }),
  })
  if (!signedIn.ok) throw new Error(`${username} could not sign in: ${signedIn.status}`)
  return (signedIn.headers.get('set-cookie') ?? '').split(';')[0] as string
}

export async function callerAt(address: string, username: string): Promise<Caller> {
  const cookie = await sessionAt(address, username)
  return async (operation, input) => {
    const { url, rest } = urlOf(operation, input as Record<string, unknown>)
    const inQuery = operation.method === 'GET'
    const query = inQuery ? `?${new URLSearchParams(rest as Record<string, string>)}` : ''
    const response = await fetch(`${address}${url}${query}`, {
      method: operation.method,
      headers: { cookie, ...(inQuery ? {} : { 'content-type': 'application/json' }) },
      ...(inQuery ? {} : { body: JSON.stringify(rest) }),
    })
    const body = (await response.json()) as never
    const { refusals = [] } = body as { refusals?: { code: string }[] }
    return { status: response.status, body, codes: refusals.map(({ code }) => code) }
  }
}
