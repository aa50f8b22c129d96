import { unpackChromium } from './chromium.ts'

/** Unpacks the browser before the first test, so that no test's time limit pays for it. */
export default async function setup(): Promise<void> {
  await unpackChromium()
}
