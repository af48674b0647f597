/** JSON with sorted keys: the same content always gives the same text. Members that are undefined are left out. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const keys = Object.keys(value)
  // By code units; what is in order already, as most small objects are, is not sorted.
  for (let place = 1; place < keys.length; place++)
    if ((keys[place] as string) < (keys[place - 1] as string)) {
      keys.sort()
      break
    }
  let members = ''
  for (const key of keys) {
    const member = (value as Record<string, unknown>)[key]
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${members}}`
}
