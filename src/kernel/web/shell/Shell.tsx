import { Outlet, useLocation, useRouter } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import { isTyping } from '../keys.ts'
import { Skeleton } from '../Panels.tsx'
import type { ModuleRoutes } from '../routes.ts'
import { firstThing, useMe } from '../session.tsx'
import { BellButton } from './Bell.tsx'
import { CommandBox, CommandButton } from './CommandBox.tsx'
import { Navigation } from './Navigation.tsx'
import { OfflineBar } from './OfflineBar.tsx'
import { OrganSwitch } from './OrganSwitch.tsx'
import { UserMenu } from './UserMenu.tsx'
import './shell.css'
import './command-box.css'

/** The frame round every page for somebody signed in: header, navigation, page. */
export function Shell({ modules, groups }: { modules: readonly ModuleRoutes[]; groups: readonly string[] }) {
  const me = useMe()
  const [menuOpen, setMenuOpen] = useState(false)
  const [boxOpen, setBoxOpen] = useState(false)
  const main = useRef<HTMLElement>(null)
  const pathname = useLocation({ select: (location) => location.pathname })
  const router = useRouter()
  useEffect(() => setMenuOpen(false), [pathname])
  useEffect(() => {
    // After going to another page the reader starts at its top, not in the navigation.
    return router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
      if (pathChanged && fromLocation) main.current?.focus({ preventScroll: true })
    })
  }, [router])
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)
      const control = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
      if (!(slash || control) || document.querySelector('dialog[open]')) return
      event.preventDefault()
      setBoxOpen(true)
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
  const bell = modules.find((module) => module.bell !== null)?.bell
  const works = firstThing(me) === null
  return (
    <div className={menuOpen ? 'shell shell-menu-open' : 'shell'}>
      <a className="skip no-print" href="#main">
        跳到正文
      </a>
      <header className="shell-header no-print">
        <button
          type="button"
          hidden={!works}
          className="shell-menu-button"
          aria-expanded={menuOpen}
          aria-controls="navigation"
          onClick={() => setMenuOpen(!menuOpen)}
        >
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d="M3 5h14M3 10h14M3 15h14" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
          </svg>
          <span className="sr-only">导航</span>
        </button>
        <span className="shell-name">运保</span>
        <OrganSwitch />
        <div className="shell-tools">
          {works && <CommandButton onOpen={() => setBoxOpen(true)} />}
          {works && bell && <BellButton bell={bell} />}
          <UserMenu />
        </div>
      </header>
      <OfflineBar />
      <div className="shell-body">
        {works && <Navigation modules={modules} groups={groups} onLeave={() => setMenuOpen(false)} />}
        <main id="main" ref={main} tabIndex={-1}>
          {me.demonstration && <p className="demonstration no-print">演示环境：数据均为虚构，可随意试用。</p>}
          <Suspense
            fallback={
              <div className="page">
                <Skeleton lines={8} />
              </div>
            }
          >
            <Outlet />
          </Suspense>
        </main>
      </div>
      {boxOpen && works && <CommandBox modules={modules} onClose={() => setBoxOpen(false)} />}
    </div>
  )
}
