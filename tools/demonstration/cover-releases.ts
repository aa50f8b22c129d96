import type { CivilDate } from '@lentera/core/shared/dates'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { cutOffsFor, releaseCover } from '@lentera/core/workforce/cover-release/capture'
import { type CoverRelease, projectCoverRelease } from '@lentera/core/workforce/cover-release/project'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import type { PostAt } from '@lentera/core/workforce/post/capture'
import { reckonCover } from '@lentera/desk/cover-reckoned'
import type { Randomness } from '@lentera/sealed/open'
import { get } from '../device/found.ts'
import type { Writer } from './found.ts'

type Register = {
  readonly country: Country
  readonly today: CivilDate
  readonly posts: readonly PostAt[]
  readonly officers: readonly OfficerAt[]
}

/**
 * What the agency lets out of its cover, cut-off by cut-off, the oldest first: what its register gives when the desk counts it, and where it has too
 * few posts, that.
 */
export async function writeCoverReleases(
  { device, organisation: { organisation } }: Writer,
  { country, today, posts, officers }: Register,
  random: Randomness,
): Promise<void> {
  const before: CoverRelease[] = []
  for (const cutOff of cutOffsFor(before, today).toReversed()) {
    const { released } = reckonCover(posts, officers, cutOff, before)
    const stream = StreamId.parse(randomUuid(random(16)))
    const said = { stream, organisation, country, agency: 'border-police', counted: 'sworn', cutOff } as const
    await device.write(get(releaseCover({ ...said, released: released.ok ? released.value : null }, before, today)))
    const release = projectCoverRelease(device.state(stream))
    if (release) before.push(release)
  }
}
