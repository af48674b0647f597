import { z } from 'zod'

// Imported before any contract: zod's compiler needs eval, which the content security policy forbids, and asks at once.
z.config({ jitless: true })
