import type { Actor } from '#kernel/pure/actor.ts'
import type { Me } from '#kernel/web/session.tsx'

/** The signed-in person as the policy knows an actor, for acts offered on lists, where the server has told no `may` yet. */
export function actorOf({ person, organ, roles }: Me): Actor {
  return { kind: 'person', personId: person.id, name: person.name, organ, roles }
}
