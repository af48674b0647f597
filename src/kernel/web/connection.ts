import { signal } from './signals.ts'

/** Since when the server has not answered; null while it does. */
export const awaySince = signal<Date | null>(null)

let probing = false
/** Ends the pause before the next question; the browser says that there is a network again. */
let askNow: () => void = () => {}

/** Told by the client after each attempt; while the server is away it is asked every few seconds. */
export function noteConnection(reached: boolean): void {
  if (reached) awaySince.set(null)
  else {
    if (awaySince.get() === null) awaySince.set(new Date())
    void probe()
  }
}

async function probe(): Promise<void> {
  if (probing) return
  probing = true
  while (awaySince.get() !== null) {
    await new Promise<void>((wake) => {
      const timer = setTimeout(wake, 4000)
      askNow = () => {
        clearTimeout(timer)
        wake()
      }
    })
    const answered = await fetch('/health/ready', { cache: 'no-store' }).then(
      (answer) => answer.ok,
      () => false,
    )
    if (answered) awaySince.set(null)
  }
  probing = false
}

/** Listens to the browser's own word about the network. */
export function watchConnection(): void {
  window.addEventListener('offline', () => noteConnection(false))
  window.addEventListener('online', () => askNow())
}
