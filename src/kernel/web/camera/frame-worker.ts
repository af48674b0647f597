import { decodeQR } from 'qr/decode.js'
import type { Frame, Reading } from './code-reader.ts'

/* Reads QR codes in pictures of the camera where the browser cannot, away from the thread that draws the page. */

/** What the worker's own global offers; the library of types for it does not go together with the page's. */
type Worker = {
  addEventListener: (name: 'message', listener: (event: MessageEvent<Frame>) => void) => void
  postMessage: (reading: Reading) => void
}
const worker = globalThis as unknown as Worker

/** Milliseconds for a second look at a picture that is blurred or lies askew: the next picture is better spent time. */
const timeLimit = 60

worker.addEventListener('message', ({ data: { width, height, pixels } }) =>
  worker.postMessage({ code: codeIn(width, height, pixels) }),
)

function codeIn(width: number, height: number, pixels: ArrayBuffer): string | null {
  try {
    return decodeQR({ width, height, data: new Uint8ClampedArray(pixels) }, { format: 'RGBA', timeLimit })
  } catch {
    return null // it says “no code here” by throwing
  }
}
