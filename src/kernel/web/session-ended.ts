import { makeGate } from './gate.ts'

/**
 * Requests that met 401 wait here while the shell asks to sign in again over the page; then they are sent once more,
 * so that nothing typed is lost and nothing has to be pressed twice.
 */
export const sessionEnded = makeGate()

/** Requests that need a fresh proof of who is there (step-up) wait here while the shell asks for it. */
export const stepUpNeeded = makeGate()
