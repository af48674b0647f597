/** Small drawn marks, so that no state is told by colour alone and none depends on a font. */
const shapes = {
  draft: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.6 2" />,
  waiting: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <circle cx="8" cy="8" r="2.6" fill="currentColor" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 4.5V8l2.4 1.6" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  running: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
    </>
  ),
  done: (
    <path
      d="M3 8.6 6.4 12 13 4.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  refused: <path d="m4 4 8 8m0-8-8 8" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  block: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" stroke="#fff" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
  warn: (
    <>
      <path d="M8 1.6 15 14H1z" fill="currentColor" />
      <path d="M8 6v4m0 1.6v.6" stroke="#fff" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  approval: (
    <>
      <path d="M8 1 15 8l-7 7-7-7z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      <path d="M8 5v3.6m0 1.8v.6" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  overdue: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor" />
      <path d="M8 4.2v4.6m0 2v.8" stroke="#fff" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
} as const

export type MarkShape = keyof typeof shapes

export function Mark({ shape }: { shape: MarkShape }) {
  return (
    <svg className="mark" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      {shapes[shape]}
    </svg>
  )
}
