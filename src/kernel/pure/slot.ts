/** A place on a module's screen that modules it does not know may fill, and the ids of what is shown there. */
export type Slot<Id extends string = string> = { readonly name: string; readonly ids: readonly Id[] }

/** Declared by the module whose screen it is, in its `model.ts`; filled through `fills` in another's `web/routes.tsx`. */
export function slot<const Id extends string>(name: string, ...ids: Id[]): Slot<Id> {
  return { name, ids }
}
