/** A run of words: in both texts, only in the later, only in the earlier. */
export type Run = { kind: 'same' | 'added' | 'removed'; text: string }

const words = new Intl.Segmenter('zh', { granularity: 'word' })
/** Beyond so many pairs of words the middle is shown as replaced as a whole. */
const mostPairs = 4_000_000

/** What was put in and taken out, word by word. All but the added is the earlier text, all but the removed the later. */
export function wordDifference(before: string, after: string): Run[] {
  const a = wordsOf(before)
  const b = wordsOf(after)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const runs: Run[] = []
  push(runs, 'same', a.slice(0, head))
  for (const [kind, word] of middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)))
    push(runs, kind, [word])
  push(runs, 'same', a.slice(a.length - tail))
  return runs
}

function wordsOf(text: string): string[] {
  return [...words.segment(text)].map(({ segment }) => segment)
}

function push(runs: Run[], kind: Run['kind'], added: readonly string[]): void {
  const text = added.join('')
  if (text === '') return
  const last = runs.at(-1)
  if (last?.kind === kind) last.text += text
  else runs.push({ kind, text })
}

/** The longest common run of words by dynamic programming; taken out before put in, as such lists are read. */
function middle(a: readonly string[], b: readonly string[]): (readonly [Run['kind'], string])[] {
  if (a.length * b.length > mostPairs)
    return [...a.map((word) => ['removed', word] as const), ...b.map((word) => ['added', word] as const)]
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? (common[(i + 1) * width + j + 1] as number) + 1
          : Math.max(common[(i + 1) * width + j] as number, common[i * width + j + 1] as number)
  const steps: (readonly [Run['kind'], string])[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      steps.push(['same', a[i] as string])
      i++
      j++
    } else if (
      i < a.length &&
      (j === b.length || (common[(i + 1) * width + j] as number) >= (common[i * width + j + 1] as number))
    )
      steps.push(['removed', a[i++] as string])
    else steps.push(['added', b[j++] as string])
  }
  return steps
}
