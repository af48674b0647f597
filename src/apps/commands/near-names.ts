/** The names most like the one given, best first: those that contain it or are contained, then by shared pairs of characters. */
export function nearNames(given: string, names: readonly string[], limit = 3): string[] {
  const likened = [...new Set(names)]
    .map((name) => ({ name, likeness: likeness(given, name) }))
    .sort((a, b) => b.likeness - a.likeness || (a.name < b.name ? -1 : 1))
  const best = likened[0]?.likeness ?? 0
  return likened
    .filter((one) => one.likeness >= Math.max(0.3, 0.7 * best))
    .slice(0, limit)
    .map(({ name }) => name)
}

/** 0…1: Dice coefficient over characters and pairs of characters; 1 when one name holds the other. */
function likeness(a: string, b: string): number {
  if (a === '' || b === '') return 0
  if (b.includes(a) || a.includes(b)) return 1
  return (dice([...a], [...b]) + dice(pairs(a), pairs(b))) / 2
}

function pairs(text: string): string[] {
  const chars = [...text]
  return chars.slice(1).map((char, index) => `${chars[index]}${char}`)
}

function dice(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 0
  const left = [...b]
  const shared = a.filter((part) => {
    const at = left.indexOf(part)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
  return (2 * shared.length) / (a.length + b.length)
}
