import '#kernel/web/strict-policy.ts'
import { contract as people } from '#modules/people/contract.ts'
import { startApp } from '#kernel/web/app.tsx'
import { call } from '#kernel/web/client.ts'
import type { ModuleRoutes } from '#kernel/web/routes.ts'
import { navigationGroups } from './navigation-groups.ts'

// After the text is there: its list of ranges alone is 37 kB. Without a network the machine's own font does.
void import('@fontsource-variable/noto-sans-sc').catch(() => {})

const found = import.meta.glob<ModuleRoutes>('../../modules/*/web/routes.tsx', { eager: true, import: 'default' })

startApp({
  container: document.getElementById('app') as HTMLElement,
  modules: Object.values(found),
  groups: navigationGroups,
  session: {
    me: () => call(people.me, {}, { anonymous: true }),
    signIn: async (credentials) => ({
      needsCode: 'pending' in (await call(people.signIn, credentials, { anonymous: true })),
    }),
    proveSignIn: (code) => call(people.proveSignIn, { code }, { anonymous: true }),
    stepUp: (proof) => call(people.stepUp, proof),
    signOut: () => call(people.signOut, {}, { anonymous: true }),
    provider: async () => (await call(people.oidcProvider, {}, { anonymous: true })).title,
    beginAtProvider: async (returnTo) => (await call(people.beginOidc, { returnTo }, { anonymous: true })).location,
    switchOrgan: (organId) => call(people.switchOrgan, { organId }),
    changePassword: ({ current, next }) => call(people.changePassword, { currentPassword: current, newPassword: next }),
    demonstrationAccounts: async () => (await call(people.demonstrationAccounts, {}, { anonymous: true })).items,
  },
})
