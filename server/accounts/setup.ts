import { hashToken, newToken, SessionToken, sameBytes } from '@lentera/sealed/verify'

/**
 * The one-time right to found the first organisation. It is shown once, on the terminal of whoever started the server;
 * the server itself keeps only its hash.
 */
export type SetupToken = {
  readonly fits: (shown: string) => boolean
  readonly spend: () => void
}

export function newSetupToken(): { readonly setup: SetupToken; readonly token: SessionToken } {
  const token = newToken()
  const kept = { hash: hashToken(token) as string | null }
  return {
    token,
    setup: {
      fits: (shown) => {
        const parsed = SessionToken.safeParse(shown)
        return parsed.success && kept.hash !== null && sameText(kept.hash, hashToken(parsed.data))
      },
      spend: () => {
        kept.hash = null
      },
    },
  }
}

/** Where nothing is to be founded, no token fits. */
export const noSetup: SetupToken = { fits: () => false, spend: () => undefined }

const sameText = (a: string, b: string): boolean => sameBytes(new TextEncoder().encode(a), new TextEncoder().encode(b))
