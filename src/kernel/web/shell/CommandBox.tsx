import { useEffect, useId, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Dialog } from '../Dialog.tsx'
import { useGo } from '../going.tsx'
import type { Hit, ModuleRoutes } from '../routes.ts'
import { useMe } from '../session.tsx'
import type { Me } from '../session.tsx'

type Section = { title: string; hits: readonly Hit[] }

export function CommandButton({ onOpen }: { onOpen: () => void }) {
  return (
    <button type="button" className="command-button" aria-label="搜索或办事" onClick={onOpen}>
      <svg viewBox="0 0 20 20" width="17" height="17" aria-hidden="true">
        <circle cx="8.5" cy="8.5" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="m13 13 4 4" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      </svg>
      <span className="command-words">搜索或办事</span>
      <kbd>/</kbd>
    </button>
  )
}

/** Pages and commands whose words hold every word typed. */
function matchingHere(modules: readonly ModuleRoutes[], me: Me, typed: string): Section[] {
  const words = typed.trim().toLowerCase().split(/\s+/)
  const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word))
  const commands = modules
    .flatMap((module) => module.commands)
    .filter((command) => (command.visible?.(me) ?? true) && fits(`${command.label} ${command.words ?? ''}`))
  const pages = modules
    .flatMap((module) => module.navigation)
    .filter((item) => (item.visible?.(me) ?? true) && fits(`${item.group} ${item.label}`))
    .map((item) => ({ label: item.label, hint: item.group, path: item.path }))
  return [
    { title: '办事', hits: commands },
    { title: '页面', hits: pages },
  ].filter(({ hits }) => hits.length > 0)
}

/** Search everywhere: commands and pages at once, records of the modules as their answers come. */
export function CommandBox({ modules, onClose }: { modules: readonly ModuleRoutes[]; onClose: () => void }) {
  const me = useMe()
  const go = useGo()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<readonly Section[]>([])
  const [searching, setSearching] = useState(false)
  const [active, setActive] = useState(0)
  useEffect(() => {
    const text = typed.trim()
    if (text.length < 2) return setFound([])
    const stop = new AbortController()
    const sources = modules.flatMap((module) => module.searches).filter((source) => source.visible?.(me) ?? true)
    const timer = setTimeout(() => {
      setFound([])
      setSearching(true)
      const asked = sources.map(async (source) => {
        const hits = await source.find(text, stop.signal).catch(() => [])
        if (!stop.signal.aborted && hits.length > 0) setFound((before) => [...before, { title: source.title, hits }])
      })
      void Promise.all(asked).then(() => !stop.signal.aborted && setSearching(false))
    }, 200)
    return () => {
      clearTimeout(timer)
      stop.abort()
      setSearching(false)
    }
  }, [typed, modules, me])
  const sections = [...matchingHere(modules, me, typed), ...found]
  const hits = sections.flatMap((section) => section.hits)
  const chosen = Math.min(active, hits.length - 1)
  const open = (hit: Hit | undefined) => {
    if (hit === undefined) return
    onClose()
    go(hit.path)
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return // Enter chooses the pinyin candidate
    if (event.key === 'Enter') open(hits[chosen])
    else if (event.key === 'ArrowDown') setActive(Math.min(chosen + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(chosen - 1, 0))
    else return
    event.preventDefault()
  }
  let position = -1
  return (
    <Dialog title="搜索或办事" onClose={onClose} wide>
      <input
        className="command-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-activedescendant={hits.length > 0 ? `${id}${chosen}` : undefined}
        aria-label="输入单位、事项、资产、条款，或要办的事"
        placeholder="单位、事项、资产、条款，或要办的事"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setActive(0)
        }}
        onKeyDown={pressed}
        autoFocus
      />
      <div id={`${id}list`} role="listbox" aria-label="结果" className="command-list">
        {sections.map((section) => (
          <div key={section.title} role="group" aria-label={section.title}>
            <p className="command-title">{section.title}</p>
            {section.hits.map((hit) => {
              position += 1
              const here = position
              return (
                <div
                  key={`${hit.path}${hit.label}`}
                  id={`${id}${here}`}
                  role="option"
                  aria-selected={here === chosen}
                  className="command-hit"
                  ref={here === chosen ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
                  onClick={() => open(hit)}
                  onMouseMove={() => setActive(here)}
                >
                  {hit.label}
                  {hit.hint && <span className="quiet">{hit.hint}</span>}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      <p className="command-foot quiet" role="status">
        {hits.length === 0
          ? searching
            ? '正在查找…'
            : '没有找到。换个说法，或只输入名称的一部分。'
          : '↑↓ 选择，Enter 打开，Esc 关闭'}
      </p>
    </Dialog>
  )
}
