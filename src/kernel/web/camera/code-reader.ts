import { smallerSize } from './small-picture.ts'

/** A picture of the camera, RGBA; the pixels go over to the worker. */
export type Frame = Readonly<{ width: number; height: number; pixels: ArrayBuffer }>
export type Reading = Readonly<{ code: string | null }>

export type CodeReader = Readonly<{
  /** The code in what the camera shows now; null for none. @throws ReaderMissing */
  read: (video: HTMLVideoElement) => Promise<string | null>
  close: () => void
}>

/** The program that reads codes did not come: there is no network, and it was never kept here. */
export class ReaderMissing extends Error {}

/** What browsers that can read codes offer. */
type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> }
type Detecting = { new (options: { formats: string[] }): Detector; getSupportedFormats?: () => Promise<string[]> }
declare global {
  interface Window {
    BarcodeDetector?: Detecting
  }
}

/** Reads QR codes: by the browser where it can (code 128 too, as older labels carry), else by a worker of our own. */
export async function openCodeReader(): Promise<CodeReader> {
  return (await browserReader(window.BarcodeDetector)) ?? workerReader()
}

/** Some browsers have the name and can read nothing. */
async function browserReader(Detecting: Detecting | undefined): Promise<CodeReader | null> {
  if (Detecting === undefined) return null
  try {
    const formats = (await Detecting.getSupportedFormats?.()) ?? []
    const wanted = ['qr_code', 'code_128'].filter((format) => formats.includes(format))
    if (!wanted.includes('qr_code')) return null
    const detector = new Detecting({ formats: wanted })
    return {
      read: async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? null,
      close: () => {},
    }
  } catch {
    return null
  }
}

/** Pictures are read no larger than this on the long side: a label at arm's length has three pixels a module in them. */
const longestSide = 1280

function workerReader(): CodeReader {
  const worker = new Worker(new URL('./frame-worker.ts', import.meta.url), { type: 'module', name: 'codes' })
  const canvas = document.createElement('canvas')
  const drawing = canvas.getContext('2d', { willReadFrequently: true })
  return {
    read: (video) =>
      new Promise((resolve, reject) => {
        const frame = drawing && frameOf(video, canvas, drawing)
        if (frame === null) return resolve(null)
        worker.onmessage = ({ data }: MessageEvent<Reading>) => resolve(data.code)
        worker.onerror = () => reject(new ReaderMissing())
        worker.postMessage(frame, [frame.pixels])
      }),
    close: () => worker.terminate(),
  }
}

/** Null before the first picture came. */
function frameOf(video: HTMLVideoElement, canvas: HTMLCanvasElement, drawing: CanvasRenderingContext2D): Frame | null {
  const { videoWidth, videoHeight } = video
  if (videoWidth === 0 || videoHeight === 0) return null
  const { width, height } = smallerSize(videoWidth, videoHeight, longestSide) ?? {
    width: videoWidth,
    height: videoHeight,
  }
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  drawing.drawImage(video, 0, 0, width, height)
  return { width, height, pixels: drawing.getImageData(0, 0, width, height).data.buffer as ArrayBuffer }
}
