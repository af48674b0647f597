import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useLatest } from '../latest.ts'
import './camera.css'

/** What browsers that can read codes offer; others take the number by keyboard. */
type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> }
declare global {
  interface Window {
    BarcodeDetector?: new (options: { formats: string[] }) => Detector
  }
}

/** Whether this browser can read codes, and may reach a camera at all. */
export function canReadCodes(): boolean {
  return typeof window !== 'undefined' && window.BarcodeDetector !== undefined && navigator.mediaDevices !== undefined
}

/** A label that stays before the camera is told once in this time, so that one thing is not scanned twice. */
const sameCodeMs = 3000

/**
 * The camera's picture until a code is read in it; QR and code 128, as labels of assets carry.
 * @param continuous reads on after a code; what is in view still is not told again
 */
export function Camera({
  onCode,
  onStop,
  continuous = false,
}: {
  onCode: (code: string) => void
  onStop: () => void
  continuous?: boolean
}) {
  const tell = useLatest(onCode)
  const video = useRef<HTMLVideoElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let stream: MediaStream | null = null
    let timer = 0
    let ended = false
    let last = { code: '', at: 0 }
    const look = async (detector: Detector) => {
      if (ended || !video.current) return
      const [found] = await detector.detect(video.current).catch(() => [])
      if (ended) return
      if (found && !continuous) return tell.current(found.rawValue)
      const now = performance.now()
      if (found && (found.rawValue !== last.code || now - last.at > sameCodeMs)) tell.current(found.rawValue)
      if (found) last = { code: found.rawValue, at: now }
      timer = window.setTimeout(() => void look(detector), 200)
    }
    const begin = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      } catch {
        return setProblem('没有取得相机的使用许可。请在浏览器中允许使用相机，或输入编号。')
      }
      if (ended || !video.current || !window.BarcodeDetector) return
      video.current.srcObject = stream
      await video.current.play().catch(() => {})
      void look(new window.BarcodeDetector({ formats: ['qr_code', 'code_128'] }))
    }
    void begin()
    return () => {
      ended = true
      window.clearTimeout(timer)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- one camera until it is closed
  }, [])
  return (
    <div className="camera">
      {problem ? <p role="alert">{problem}</p> : <video ref={video} muted playsInline aria-label="相机画面" />}
      <Button onClick={onStop} block>
        关闭相机
      </Button>
    </div>
  )
}
