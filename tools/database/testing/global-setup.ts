import type { TestProject } from 'vitest/node'
import { startTestCluster, type TestCluster } from './test-cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's connection string to the run's own cluster. */
    clusterUrl: string
    /** A folder of the run's own: see `TestCluster`. */
    runFolder: string
  }
}

/** Both projects that use a database run this; the cluster is one and the same. */
const shared = globalThis as { lenteraTestCluster?: { users: number; cluster: Promise<TestCluster> } }

/** One PostgreSQL for the whole run, with one migrated template: see `createTestDatabase`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.lenteraTestCluster ??= { users: 0, cluster: startTestCluster() }
  const { lenteraTestCluster: own } = shared
  own.users += 1
  const { url, folder } = await own.cluster
  project.provide('clusterUrl', url)
  project.provide('runFolder', folder)
  return async () => {
    own.users -= 1
    if (own.users > 0) return
    delete shared.lenteraTestCluster
    await (await own.cluster).stop()
  }
}
