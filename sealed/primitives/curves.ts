/**
 * Whether this machine's WebCrypto knows Ed25519 and X25519. Browsers before Chromium 137 and 133 do not; there @noble and
 * the JavaScript half of hpke-js stand in. Asked once, on first use.
 */
export function webCryptoKnows(curve: 'Ed25519' | 'X25519'): Promise<boolean> {
  const known = answers.get(curve)
  if (known !== undefined) return known
  const usages: KeyUsage[] = curve === 'Ed25519' ? ['sign', 'verify'] : ['deriveBits']
  const answer = crypto.subtle.generateKey({ name: curve }, false, usages).then(
    () => true,
    () => false,
  )
  answers.set(curve, answer)
  return answer
}

const answers = new Map<string, Promise<boolean>>()
