import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useLatest } from '../latest.ts'
import { watchCodes, type Torch } from './watch-codes.ts'
import './camera.css'

/** The camera's picture, and every code read in it; what is in view still is not told again. */
export function Camera({ onCode, onStop }: { onCode: (code: string) => void; onStop: () => void }) {
  const tell = useLatest(onCode)
  const video = useRef<HTMLVideoElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [torch, setTorch] = useState<Torch | null>(null)
  const [lit, setLit] = useState(false)
  useEffect(() => {
    if (video.current === null) return
    return watchCodes(video.current, {
      onCode: (code) => tell.current(code),
      onTorch: setTorch,
      onProblem: setProblem,
    })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- one camera until it is closed
  }, [])
  const light = async () => {
    try {
      await torch?.set(!lit)
      setLit(!lit)
    } catch {
      setTorch(null) // it said it had a light, and has none now
    }
  }
  return (
    <div className="camera">
      {problem ? (
        <p className="camera-problem" role="alert">
          {problem}
        </p>
      ) : (
        <video ref={video} muted playsInline aria-label="相机画面" />
      )}
      <div className="camera-acts">
        {torch !== null && problem === null && (
          <Button size="large" aria-pressed={lit} onClick={() => void light()}>
            {lit ? '关闭补光灯' : '打开补光灯'}
          </Button>
        )}
        <Button size="large" onClick={onStop}>
          {problem ? '收起' : '关闭相机'}
        </Button>
      </div>
    </div>
  )
}
