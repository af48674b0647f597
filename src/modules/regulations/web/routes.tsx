import { defineRoutes } from '#kernel/web/routes.ts'

export default defineRoutes({ pages: [] })
