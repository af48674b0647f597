import cliProgress from 'cli-progress'

/** Where a command runs: its settings, and where it writes. Results go to `out`, progress and messages to `err`. */
export type Terminal = {
  env: Record<string, string | undefined>
  out: (line: string) => void
  err: (line: string) => void
  /** Where bars are drawn; null where nobody watches. */
  bars: NodeJS.WriteStream | null
  /** Asks for something that must not be seen, such as a password; absent where nobody sits there. */
  ask?: (question: string) => Promise<string>
}

/** The command cannot be understood, or names what is not there: exit code 2, and nothing was changed. */
export class WrongUse extends Error {}

/** What a command answers: the document of `--json`, the lines for people, and whether all of it went well. */
export type Answer = {
  /** False ends the command with exit code 1. */
  ok: boolean
  json: Record<string, unknown>
  lines: readonly string[]
}

/** A bar for work of known length; without a terminal only its end is told. */
export function progressBar(terminal: Terminal, title: string, total: number) {
  const bar = terminal.bars
    ? new cliProgress.SingleBar(
        {
          format: `${title} {bar} {value}/{total} {note}`,
          stream: terminal.bars,
          hideCursor: true,
          clearOnComplete: true,
        },
        cliProgress.Presets.shades_classic,
      )
    : null
  bar?.start(total, 0, { note: '' })
  return {
    step: (note: string) => void bar?.increment(1, { note }),
    end: () => {
      bar?.stop()
      terminal.err(`${title}：${total} 项已处理。`)
    },
  }
}

/** A bar for bytes, whose sum is told with the first of them; nothing where nobody watches. */
export function byteBar(terminal: Terminal, title: string) {
  const bar = terminal.bars
    ? new cliProgress.SingleBar(
        {
          format: `${title} {bar} {percentage}% {eta_formatted}`,
          stream: terminal.bars,
          hideCursor: true,
          clearOnComplete: true,
        },
        cliProgress.Presets.shades_classic,
      )
    : null
  let begun = false
  return {
    to: (done: number, total: number) => {
      if (!begun) bar?.start(total, done)
      begun = true
      bar?.update(done)
    },
    end: () => bar?.stop(),
  }
}

/** Rows in columns, as wide as the widest; a Chinese character takes two places. */
export function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = titles.map((title, index) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[index] ?? ''))))
  const numeric = titles.map((_, index) => rows.every((row) => /^[-\d,.]*$/.test(row[index] ?? '')))
  const lineOf = (row: readonly string[]) =>
    row
      .map((text, index) => {
        const blank = ' '.repeat((widths[index] ?? 0) - widthOf(text))
        return numeric[index] ? blank + text : text + blank
      })
      .join('  ')
      .trimEnd()
  return [titles, ...rows].map(lineOf)
}

/** Places a text takes on a terminal. */
export function widthOf(text: string): number {
  return [...text].reduce(
    (sum, char) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”‘’…]/.test(char)
        ? 2
        : 1),
    0,
  )
}
