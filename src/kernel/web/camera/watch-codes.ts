import { cameraProblem, readerProblem, stoppedProblem } from './camera-problem.ts'
import { openCodeReader, ReaderMissing, type CodeReader } from './code-reader.ts'

/** A label that stays before the camera is told once in this time, so that one thing is not scanned twice. */
const sameCodeMs = 3000
/** Between two looks: a phone must not become hot over a count of an hour. */
const pauseMs = 120

/** The light of the camera, where it has one. */
export type Torch = Readonly<{ set: (on: boolean) => Promise<void> }>

export type Told = Readonly<{
  onCode: (code: string) => void
  onTorch: (torch: Torch) => void
  onProblem: (words: string) => void
}>

/** Shows the camera's picture and tells every code read in it until the function it gives is called. */
export function watchCodes(video: HTMLVideoElement, { onCode, onTorch, onProblem }: Told): () => void {
  let stream: MediaStream | null = null
  let reader: CodeReader | null = null
  let ended = false
  let timer = 0
  let last = { code: '', at: 0 }

  const end = () => {
    ended = true
    window.clearTimeout(timer)
    reader?.close()
    for (const track of stream?.getTracks() ?? []) track.stop()
  }
  const fail = (words: string) => {
    if (ended) return
    end()
    onProblem(words)
  }

  const look = async (by: CodeReader) => {
    let code: string | null
    try {
      code = await by.read(video)
    } catch (error) {
      if (error instanceof ReaderMissing) return fail(readerProblem)
      throw error
    }
    if (ended) return
    const now = performance.now()
    if (code !== null && (code !== last.code || now - last.at > sameCodeMs)) onCode(code)
    if (code !== null) last = { code, at: now }
    timer = window.setTimeout(() => void look(by), pauseMs)
  }

  const begin = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
      })
    } catch (error) {
      return fail(cameraProblem((error as Error).name, navigator.userAgent))
    }
    const [track] = stream.getVideoTracks()
    if (ended || track === undefined) return end()
    track.addEventListener('ended', () => fail(stoppedProblem))
    video.srcObject = stream
    await video.play().catch(() => {})
    const torch = torchOf(track)
    if (torch !== null) onTorch(torch)
    reader = await openCodeReader()
    if (ended) return reader.close()
    void look(reader)
  }
  void begin()
  return end
}

/** What tells of it is newer than the library of types. */
type Capable = { getCapabilities?: () => { torch?: boolean } }

function torchOf(track: MediaStreamTrack): Torch | null {
  if ((track as unknown as Capable).getCapabilities?.().torch !== true) return null
  return { set: (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] }) }
}
