import { useEffect, useState } from 'react'

/** Whether a camera can be asked for: `insecure` where the page did not come over https, `unknown` until the browser says. */
export type CameraFound = 'unknown' | 'some' | 'none' | 'insecure'

/** Browsers say how many cameras there are before any permission, but not which. */
export function useCamera(): CameraFound {
  const [found, setFound] = useState<CameraFound>(() =>
    window.isSecureContext && typeof navigator.mediaDevices?.getUserMedia === 'function' ? 'unknown' : 'insecure',
  )
  useEffect(() => {
    const devices = navigator.mediaDevices
    if (found === 'insecure') return
    let gone = false
    const ask = () =>
      devices.enumerateDevices().then(
        (all) => gone || setFound(all.some(({ kind }) => kind === 'videoinput') ? 'some' : 'none'),
        () => gone || setFound('some'), // not told: opening it will tell
      )
    void ask()
    devices.addEventListener('devicechange', ask)
    return () => {
      gone = true
      devices.removeEventListener('devicechange', ask)
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked once; plugging one in asks again
  }, [])
  return found
}
